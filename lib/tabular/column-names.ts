// What a CSV's columns are called: in the file, on the platform, and by us. Runs in Node and in pages.

/** A column's names. */
export interface ColumnName {
  inFile: string;
  /** What the platform knows it by: pandas's name for it, by which its `data_types` go. */
  onPlatform: string;
  /** What we call it: as the platform does, but SQL tells the columns apart by it. */
  name: string;
}

/**
 * The names of the columns that a header's fields give, in order. By pandas's rules one without a name is `Unnamed: <position from
 * 0>`, and of several with one name all but the first get `.1`, `.2`, …. We call them so too; but as SQL doesn't tell `Id` from
 * `id`, those get a number like others that repeat, and a NUL, which no SQL can hold, becomes U+FFFD.
 */
export function columnNames(fields: readonly string[]): ColumnName[] {
  const onPlatform = apart(
    fields.map((field, i) => (field === "" ? `Unnamed: ${i}` : field)),
    (i) => fields[i] !== ""
  );
  const names = apart(
    onPlatform.map((name) => name.replaceAll("\0", "\ufffd")),
    () => true,
    (name) => name.toLowerCase()
  );
  return fields.map((inFile, i) => ({inFile, onPlatform: onPlatform[i]!, name: names[i]!}));
}

/** As pandas tells names apart: given ones first, so that they keep their names before those it made up. */
function apart(
  names: readonly string[],
  isGiven: (i: number) => boolean,
  key: (name: string) => string = (name) => name
): string[] {
  const result = [...names];
  const all = new Set(names.map(key));
  const counts = new Map<string, number>();
  const order = [...names.keys()];
  for (const i of [...order.filter(isGiven), ...order.filter((i) => !isGiven(i))]) {
    const wanted = names[i]!;
    let name = wanted;
    let count = counts.get(key(name)) ?? 0;
    while (count > 0) {
      counts.set(key(wanted), count + 1);
      name = `${wanted}.${count}`;
      count = all.has(key(name)) ? count + 1 : (counts.get(key(name)) ?? 0);
    }
    result[i] = name;
    all.add(key(name));
    counts.set(key(name), count + 1);
  }
  return result;
}

/** A sentence for each column that isn't called as in the file. */
export function nameWarnings(columns: readonly ColumnName[]): string[] {
  return columns
    .filter(({inFile, name}) => inFile !== name)
    .map(({inFile, name}) => {
      if (inFile === "") return `a column without a name is called "${name}"`;
      if (inFile.includes("\0")) return `a column whose name has a NUL character in it is called "${name}"`;
      return `the column name "${inFile}" stands more than once (SQL doesn't tell casings apart): one is called "${name}"`;
    });
}
