// The calls that only tell whether the platform is there. The official client makes both when it is constructed.
import {get, nothing} from "./call.js";
import {message} from "./message.js";

export const accessHeartbeat = get("/access/heartbeat", message({}), nothing);
export const searchHeartbeat = get("/search/heartbeat", message({}), nothing);
