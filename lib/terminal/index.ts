/**
 * What the command, the loaders and the client say while they work: one line that moves in a terminal, plain lines when the output is
 * piped.
 */
export {bytes, transferred} from "./amount.js";
export type {Screen} from "./screen.js";
export {step, type Step} from "./step.js";
