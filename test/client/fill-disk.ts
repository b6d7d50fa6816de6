// Run under a limit on the size of files: writes more than fits, and says what came of it.
import {join} from "node:path";
import {writeReplacing} from "../../lib/client/file.js";

const [folder = "."] = process.argv.slice(2);
const megabyte = new Uint8Array(1 << 20);
await writeReplacing(join(folder, "sales.csv"), async (output) => {
  for (let i = 0; i < 3; i++) await output.write(megabyte);
}).catch((error: unknown) => process.stdout.write(String(error)));
