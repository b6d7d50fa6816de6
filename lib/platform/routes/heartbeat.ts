// The calls by which a client sees that it has the right base URL, one a service. A wrong key is not their business: it
// shows at the first call that needs one, in words about the key.
import {z} from "zod";
import {get, type Call} from "../call.js";

const paths = ["/access/heartbeat", "/search/heartbeat"];

export const heartbeatCalls = (): Call[] =>
  paths.map((path) => get(path, z.unknown(), () => ({status: "OK"})));
