// Which names a sample uses, and which it makes itself.

/** Whether code mentions a name as its own, and not as a property or in a text. */
export const uses = (code: string, name: string): boolean =>
  new RegExp(`(?<![.\\w"'$/-])${name}\\b(?!"|:)`).test(code.replace(/\/\/.*$/gm, ""));

export const declares = (code: string, name: string): boolean =>
  new RegExp(
    `\\b(const|let|function|as)\\s+${name}\\b|\\b(const|import)\\s*\\{[^}]*\\b${name}\\b|\\bconst \\[[^\\]]*\\b${name}\\b|\\bimport ${name} from|^\`\`\`sql id=${name}$`,
    "m"
  ).test(code);

/** Whether a sample needs a name from the text around it. */
export const lacks =
  (code: string) =>
  (name: string): boolean =>
    uses(code, name) && !declares(code, name);
