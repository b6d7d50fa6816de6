// The kit as its command runs it. Loaded from its sources it would be another kit to a project, which Framework then reads again at each
// change from the command to trials in this process.
export const {publishAndTell} = (await import(
  new URL("../build/lib/publishing/index.js", import.meta.url).href
)) as typeof import("../lib/publishing/index.js");
