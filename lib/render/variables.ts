// `var(--name, fallback)` in a value, replaced by what the custom properties hold.

/** The value without `var()`; undefined where a variable isn't set and has no fallback, or refers to itself. */
export function substituteVariables(
  value: string,
  variable: (name: string) => string | undefined,
  within: readonly string[] = []
): string | undefined {
  const start = /\bvar\(/i.exec(value);
  if (!start) return value;
  const open = start.index + start[0].length;
  const end = closing(value, open);
  if (end === undefined) return undefined;
  const inside = value.slice(open, end);
  const comma = inside.indexOf(",");
  const name = (comma < 0 ? inside : inside.slice(0, comma)).trim();
  const held = within.includes(name) ? undefined : variable(name);
  const own = held === undefined ? undefined : substituteVariables(held, variable, [...within, name]);
  const result =
    own ?? (comma < 0 ? undefined : substituteVariables(inside.slice(comma + 1).trim(), variable, within));
  const rest = substituteVariables(value.slice(end + 1), variable, within);
  return result === undefined || rest === undefined ? undefined : value.slice(0, start.index) + result + rest;
}

/** Where the parenthesis that is open before `from` closes. */
function closing(text: string, from: number): number | undefined {
  let depth = 1;
  for (let i = from; i < text.length; ++i) {
    if (text[i] === "(") ++depth;
    else if (text[i] === ")" && --depth === 0) return i;
  }
  return undefined;
}
