// `npm run screenshots [pages|gallery|readme] [NAME]`: pictures of every page, of every chart with hostile data, and the README's.
import {rm} from "node:fs/promises";
import {join, resolve} from "node:path";
import {installBrowsers} from "../browser/install.js";
import {launchChromium} from "../browser/chromium.js";
import {gallery} from "./gallery.js";
import {pages} from "./pages.js";
import {writeSheet} from "./picture.js";
import {readme} from "./readme.js";

const makers = {pages, gallery, readme};
const [what, only = ""] = process.argv.slice(2);
const chosen = Object.entries(makers).filter(([name]) => what === undefined || name === what);
if (!chosen.length) {
  console.error(`"${what}" is invalid: use ${Object.keys(makers).join(" or ")}, or nothing for all`);
  process.exit(1);
}
installBrowsers();
const folder = resolve(import.meta.dirname, "../../screenshots");
const browser = await launchChromium();
try {
  for (const [name, make] of chosen) {
    const to = join(folder, name);
    await rm(to, {recursive: true, force: true});
    const pictures = await make(browser, to, only);
    await writeSheet(to, pictures);
    console.log(`${pictures.length} pictures: ${join(to, "index.html")}`);
  }
} finally {
  await browser.close();
}
