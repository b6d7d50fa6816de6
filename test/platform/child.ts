// A platform in a process of its own, for tests that kill it: prints how to reach it as one line of JSON.
import {startPlatform} from "../../lib/platform/index.js";

const [data, port, seeds] = process.argv.slice(2);
const datasets = Array.from({length: Number(seeds)}, (_, i) => ({
  name: `D${i}`,
  csv: "a\n" + "1\n".repeat(100_000)
}));
const {baseUrl, userEmail, apiKey} = await startPlatform({
  data: data!,
  port: Number(port),
  seed: [{name: "Seeded", description: "", datasets, models: []}]
});
process.stdout.write(JSON.stringify({baseUrl, userEmail, apiKey}) + "\n");
