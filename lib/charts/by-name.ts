// The order of names wherever a chart lists them, and of those that are otherwise equal.

const collator = new Intl.Collator("en", {numeric: true});

/** The order that people expect: "SKU-2" before "SKU-10". Names that read alike, such as with other accents, are in a fixed order, too. */
export const byName = (a: string, b: string): number =>
  collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
