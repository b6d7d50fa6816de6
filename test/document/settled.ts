// What of an output is compared: the rule that the page states.

/**
 * The text with one word for every id and one for every time, which are those of one run, and without the blanks with which tables
 * are drawn, since releases of Node draw them differently.
 */
export const settled = (text: string): string =>
  text
    .replace(/\b[0-9A-Za-z]{27}\b/g, "<id>")
    .replace(/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "<time>")
    .replace(/ *│ */g, "│");

/** What an output must match in which lines of "…" stand for any that are left out. */
export const pattern = (text: string): RegExp => {
  const pieces = text.split(/^…$/m).map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pieces.join("[^]*")}$`);
};
