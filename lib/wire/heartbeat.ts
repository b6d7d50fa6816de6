// The calls that only tell whether the platform is there. The official client makes both when it is constructed.
import {get, nothing} from "./call.js";
import {message} from "./message.js";

/** Whether the part of the platform that checks who may do what is there. */
export const accessHeartbeat = get("/access/heartbeat", message({}), nothing);
/** Whether the part of the platform that searches is there. */
export const searchHeartbeat = get("/search/heartbeat", message({}), nothing);
