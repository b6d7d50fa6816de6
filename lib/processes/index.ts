// Processes that do jobs for this one, and can be ended: a server goes on when a job takes too much or never ends.
export {JobProcess, type ProcessOptions, type Take} from "./job-process.js";
export {builtProgram} from "./program.js";
export {endWithParent, tell, watchMemory} from "./inside.js";
