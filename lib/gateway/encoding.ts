// Which of a file's bodies a request wants, by its Accept-Encoding.

/** As bodies may be encoded, the smallest first. */
export const encodings = ["br", "gzip", "identity"] as const;
export type Encoding = (typeof encodings)[number];

/**
 * The encoding with the greatest weight of those that there are, and of equal ones the smallest. Where nothing fits it is
 * identity, as the standard allows: a body that says what it is beats none.
 */
export function chooseEncoding(accepted: string | undefined, has: (encoding: Encoding) => boolean): Encoding {
  if (accepted === undefined) return "identity";
  const weights = new Map<string, number>();
  for (const part of accepted.split(",")) {
    const [name = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
    const given = parameters.find((parameter) => /^q\s*=/.test(parameter));
    const weight = given === undefined ? 1 : Number(given.replace(/^q\s*=\s*/, ""));
    if (name) weights.set(name === "x-gzip" ? "gzip" : name, weight >= 0 && weight <= 1 ? weight : 0);
  }
  // Identity is acceptable unless it is refused, and wanted less than what is named.
  const weightOf = (encoding: Encoding) =>
    weights.get(encoding) ??
    (encoding === "identity" ? (weights.get("*") === 0 ? 0 : 0.001) : (weights.get("*") ?? 0));
  let best: Encoding = "identity";
  let greatest = 0;
  for (const encoding of encodings) {
    const weight = weightOf(encoding);
    if (weight > greatest && has(encoding)) [best, greatest] = [encoding, weight];
  }
  return best;
}
