// Part of `npm run check`: looks for words that must not come back in what people read: code, comments, errors, pages and docs.
import {readdirSync, readFileSync} from "node:fs";
import {join, resolve} from "node:path";
import {findWords} from "./words.js";

const root = resolve(import.meta.dirname, "../..");
const places = ["lib", "src", "data-loaders", "docs", "recipes", "bench", "faults", ".github"];
/** Generated files, and what others have written: Ikigai's own names and texts. */
const others = [/^lib\/platform\/seed\/data\//, /\.observablehq\//, /^lib\/definition\/catalog/];

const named = places.flatMap((folder) => {
  try {
    return readdirSync(join(root, folder), {recursive: true, encoding: "utf8"}).map(
      (file) => `${folder}/${file}`
    );
  } catch {
    return [];
  }
});
const top = readdirSync(root).filter((file) => /\.(md|ts)$/.test(file));
const files = [...named, ...top].filter(
  (file) => /\.(ts|js|md|css|yml|html)$/.test(file) && !others.some((pattern) => pattern.test(file))
);

let found = 0;
for (const file of files.sort()) {
  for (const {line, word, instead} of findWords(readFileSync(join(root, file), "utf8"))) {
    found++;
    console.error(`${file}:${line}: “${word}”: write ${instead}`);
  }
}
if (found > 0) {
  console.error(`\n${found} words to replace. The list is in test/words/words.ts.`);
  process.exitCode = 1;
}
