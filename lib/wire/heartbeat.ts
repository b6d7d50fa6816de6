// The calls that only check whether the platform answers. The official client makes both when it is constructed.
import {get, nothing} from "./call.js";
import {message} from "./message.js";

/** Whether the platform's access service answers. */
export const accessHeartbeat = get("/access/heartbeat", message({}), nothing);
/** Whether the platform's search service answers. */
export const searchHeartbeat = get("/search/heartbeat", message({}), nothing);
