// A column's name that nobody is to see.

/** A name that none of the given has, for a column that nobody is to see. */
export function freshName(wanted: string, taken: string[]): string {
  const lower = new Set(taken.map((name) => name.toLowerCase()));
  let name = wanted;
  for (let i = 1; lower.has(name); i++) name = `${wanted}_${i}`;
  return name;
}
