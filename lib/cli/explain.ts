// An error as the user should read it: its message and, below it, what caused it. The stack only on request.
import {reasonOf} from "../disk/index.js";
import {commandsOf, managerOf} from "../start/managers.js";
import {coloured} from "./print-warning.js";

/** The text for standard error, ending in a newline. `IKIGAI_KIT_DEBUG=1` adds the stack. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return `${name()} ${String(error)}\n`;
  if (process.env.IKIGAI_KIT_DEBUG === "1") return `${name()} ${error.stack ?? error.message}\n`;
  const causes: string[] = [];
  const message = reasonOf(error);
  for (let cause = error.cause; cause instanceof Error && causes.length < 3; cause = cause.cause) {
    // A sentence about a disk ends in the code.
    const {code} = cause as {code?: unknown};
    const told = [cause.message, reasonOf(cause), ...(typeof code === "string" ? [`(${code}`] : [])];
    const isTold = told.some((text) => message.includes(text));
    if (!isTold) causes.push(`  because: ${reasonOf(cause)}\n`);
  }
  return `${name()} ${message}\n${causes.join("")}${missingPackage(error)}`;
}

/** The fix where a package can't be found. */
function missingPackage({message, code}: Error & {code?: unknown}): string {
  // A file of the project imports it, most often before the first install.
  const [, imported] = /Could not resolve "((?:@[^"/]+\/)?[^"./@][^"/]*)/.exec(message) ?? [];
  if (imported !== undefined) {
    const {install} = commandsOf(managerOf(process.cwd()));
    return `  install the project's packages first: ${install}. If package.json doesn't name ${imported}, add it there\n`;
  }
  // One that the kit shares with the project, and that Yarn doesn't install by itself.
  const [, found] = /^Cannot find package '([^']+)'/.exec(message) ?? [];
  return code === "ERR_MODULE_NOT_FOUND" && found
    ? `  install it: npm install ${found}, or yarn add ${found}\n`
    : "";
}

const name = () => coloured("red", "ikigai-kit:");
