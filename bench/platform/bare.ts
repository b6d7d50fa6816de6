// A server that answers every call with one constant JSON: what a fake platform costs that somebody writes in five lines.
import Fastify from "fastify";
import type {AddressInfo} from "node:net";
import {tellParent} from "./parent.js";

const answer: unknown = JSON.parse(process.argv[2]!);
const server = Fastify({forceCloseConnections: true});
server.get("/component/get-project", async () => answer);
await server.listen({host: "127.0.0.1", port: 0});
tellParent(`http://127.0.0.1:${(server.server.address() as AddressInfo).port}`, () => server.close());
