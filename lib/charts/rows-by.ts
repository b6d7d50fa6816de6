/** The rows of each key, in the order in which the keys come. */
export function rowsBy<R>(rows: Iterable<R>, keyOf: (row: R) => unknown): R[][] {
  const found = new Map<unknown, R[]>();
  for (const row of rows) {
    const known = found.get(keyOf(row));
    if (known) known.push(row);
    else found.set(keyOf(row), [row]);
  }
  return [...found.values()];
}
