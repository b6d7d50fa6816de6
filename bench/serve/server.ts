// The gateway in front of a project's site: ROOT.
import {join} from "node:path";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig} from "../../lib/config/index.js";
import {startGateway} from "../../lib/gateway/index.js";
import {tellParent} from "../platform/parent.js";

const root = process.argv[2]!;
const gateway = await startGateway({
  config: checkConfig({app: "Bench"}),
  // Nobody asks it anything.
  client: new Ikigai({userEmail: "bench@example.com", apiKey: "k".repeat(20), baseUrl: "http://127.0.0.1:9"}),
  site: {folder: join(root, "dist")},
  state: join(root, ".ikigai", "gateway"),
  log: (line) => process.stderr.write(`${line}\n`)
});
tellParent(gateway.url, () => gateway.close());
