// Works on the project in the folder named, or previews it for an account, until it is killed.
import {setTimeout as delay} from "node:timers/promises";
import {claimSite, withProjectLock} from "../../lib/site/index.js";

const [, , root, what, account] = process.argv;
const forever = async () => {
  process.stdout.write("begun\n");
  for (;;) await delay(60_000);
};
if (what === "work") await withProjectLock(root!, {}, forever);
else {
  await claimSite(root!, account!);
  await forever();
}
