// The command that starts a flow elsewhere: in a terminal, with the user's own key.
import type {VariableValues} from "../gateway-api/index.js";

/** `npx ikigai-kit run reforecast --set horizon=12`, for a POSIX shell. */
export const commandFor = (key: string, variables: VariableValues): string =>
  [
    "npx ikigai-kit run",
    quoted(key),
    ...Object.entries(variables).map(([name, value]) => `--set ${quoted(`${name}=${value}`)}`)
  ].join(" ");

const quoted = (text: string) =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
