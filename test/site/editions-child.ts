// Publishes one edition after another until it is killed, and tells how many milliseconds each took: ROOT LINKS.
import {join} from "node:path";
import {publishEdition} from "../../lib/site/editions.js";
import {siteFiles, write} from "./support.js";

const [root, links] = process.argv.slice(2) as [string, string];
for (let i = 0; ; ++i) {
  const value = `${process.pid}-${i}`;
  const built = await write(join(root, "built"), siteFiles(value));
  const began = performance.now();
  await publishEdition({root, built, links: links === "links", keep: 2});
  process.send!(performance.now() - began);
}
