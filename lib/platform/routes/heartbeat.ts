// The calls by which a client sees that it has the right base URL, one a service.
import {z} from "zod";
import {get, type Call} from "../call.js";

export const heartbeatCalls = (): Call[] =>
  ["/access/heartbeat", "/search/heartbeat", "/component/heartbeat"].map((path) =>
    get(path, z.unknown(), () => ({status: "OK"}))
  );
