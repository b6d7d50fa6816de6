// The nearest of some names to a misspelt one.

/** Sorts names by how near they are to what was written, nearest first: fewest edits, case and separators aside. */
export function byNearness(written: string, names: Iterable<string>): string[] {
  return [...names]
    .map((name) => ({name, distance: distance(plain(written), plain(name))}))
    .sort((a, b) => a.distance - b.distance)
    .map(({name}) => name);
}

/** The name that was probably meant, or undefined where none is near. */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  const [name] = byNearness(written, names);
  if (name === undefined) return undefined;
  // A third of the letters wrong is still a misspelling; beyond that, a guess would mislead.
  const limit = Math.max(1, Math.ceil(Math.max(written.length, name.length) / 3));
  return distance(plain(written), plain(name)) <= limit ? name : undefined;
}

const plain = (name: string) => name.toLowerCase().replace(/[\s_-]+/g, "");

/** Levenshtein's distance, with swapped neighbours as one edit: the commonest slip of the fingers. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({length: b.length + 1}, (_, j) => j);
  for (let i = 1; i <= a.length; ++i) {
    const row = [i];
    for (let j = 1; j <= b.length; ++j) {
      const change = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(change, last[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j]!, before[j - 2]! + 1);
      }
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
