// A gateway in a process of its own, for tests that kill it: prints where its API is, then a line for each publication begun.
import type {AddressInfo} from "node:net";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig} from "../../lib/config/index.js";
import {config, serverOf} from "./runs-support.js";

const [state, baseUrl, userEmail, apiKey] = process.argv.slice(2);
const client = new Ikigai({baseUrl: baseUrl!, userEmail: userEmail!, apiKey: apiKey!});
const server = serverOf({
  config: checkConfig(config),
  client,
  state: state!,
  // It never ends.
  publish: (files) => new Promise(() => process.stdout.write(`publishing ${files.length}\n`)),
  log: () => undefined
});
await server.listen({host: "127.0.0.1", port: 0});
process.stdout.write(`http://127.0.0.1:${(server.server.address() as AddressInfo).port}/api\n`);
