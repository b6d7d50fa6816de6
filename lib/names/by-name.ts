// The order of names in a list.

/** The same in each language, in place of that of the machine. */
const collator = new Intl.Collator("en", {numeric: true});

/** Compares names alphabetically, by the numbers in them: `Store 9` comes before `Store 10`. */
export const byName = (a: string, b: string): number =>
  collator.compare(a, b) || (a === b ? 0 : a < b ? -1 : 1);
