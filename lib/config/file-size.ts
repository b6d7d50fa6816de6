// A file's size as people write it: "25MiB".

export const fileSizeHelp = 'a number with its unit, such as "25MiB" or "25MB"';

/** In bytes; undefined where it is no size of a byte or more. */
export function parseFileSize(text: string): number | undefined {
  const [, number, prefix, binary] = /^(\d+(?:\.\d+)?) ?([kMG])(i?)B$/i.exec(text) ?? [];
  const size = Number(number) * (binary ? 1024 : 1000) ** (1 + "kmg".indexOf((prefix ?? "").toLowerCase()));
  return size >= 1 ? Math.floor(size) : undefined;
}
