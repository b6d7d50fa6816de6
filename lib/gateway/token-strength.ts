// Whether a shared token could be guessed.

/** Fewest characters of a shared token, and of what is left of it without words that are tried first. */
const shortest = 16;
const shortestRest = 12;

/** Fewest different characters: 16 random ones of 16 have fewer once in 20,000 times. */
const fewestDifferent = 6;

const commonWords =
  /password|passwort|passphrase|secret|token|ikigai|dashboard|gateway|admin|welcome|changeme|letmein|qwerty|asdf|example|demo|test/gi;

/** Why a token is weak, without its subject, and without the token; undefined when it isn't. */
export function weakness(token: string): string | undefined {
  if (token.length < shortest) return `has ${token.length} characters, and needs ${shortest} or more`;
  if (new Set(token).size < fewestDifferent) return "has too few different characters";
  if (/^(.+?)\1+.{0,8}$/s.test(token)) return "repeats itself";
  if (token.replace(commonWords, "").length < shortestRest) return "is made of words that are tried first";
  return isRow(token) ? "is a row of neighboring characters" : undefined;
}

/** Whether at least half of the characters follow their neighbors, as in `0123456789abcdef`. */
function isRow(token: string): boolean {
  const steps = [...token].slice(1).map((character, i) => character.charCodeAt(0) - token.charCodeAt(i));
  return steps.filter((step) => Math.abs(step) <= 1).length * 2 >= steps.length;
}
