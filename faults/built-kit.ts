// The kit as its command runs it. Loaded from its sources it would be another kit to a project, which Framework then reads again at each
// change from the command to trials in this process.
import type * as Publishing from "../lib/publishing/index.js";

const built = new URL("../build/lib/publishing/index.js", import.meta.url);
export const {publishAndTell} = (await import(built.href)) as typeof Publishing;
