// Says what exists when something was asked for that doesn't.

/** The names, nearest to the wanted one first, at most ten, as a sentence's end: `it has: a, b and 3 more`. */
export function listNearest(wanted: string, names: string[]): string {
  const key = wanted.toLowerCase();
  const near = names
    .map((name) => ({name, far: distance(key, name.toLowerCase())}))
    .sort((a, b) => a.far - b.far)
    .map(({name}) => name);
  const shown = near.slice(0, 10).map((name) => `'${name.length > 60 ? `${name.slice(0, 59)}…` : name}'`);
  const more = near.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** Edits from one name to another (V. I. Levenshtein, 1966); long names are compared by their beginnings. */
function distance(a: string, b: string): number {
  const [s, t] = [a.slice(0, 64), b.slice(0, 64)];
  let row = Array.from({length: t.length + 1}, (_, j) => j);
  for (let i = 1; i <= s.length; i++) {
    const next = [i];
    for (let j = 1; j <= t.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (s[i - 1] === t[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[t.length]!;
}
