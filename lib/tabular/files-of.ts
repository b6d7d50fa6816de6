// The files that an Arrow table's rows came from, kept in its schema, so that an error about the rows can name them. Runs in Node
// and in pages.

const key = "ikigai-kit:files";

/** What an Arrow table of any version has. */
interface Described {
  schema: {metadata: Map<string, string>};
}

/** Notes in the table's schema which files its rows came from. */
export function setFiles({schema}: Described, files: readonly string[]): void {
  schema.metadata.set(key, JSON.stringify(files));
}

/** The files that were noted; none for anything else than an Arrow table with such a note. */
export function filesOf(data: unknown): string[] {
  const {schema} = (data ?? {}) as Partial<Described>;
  const noted = schema?.metadata instanceof Map ? schema.metadata.get(key) : undefined;
  return noted === undefined ? [] : (JSON.parse(noted) as string[]);
}
