// What a picture shows, and the sheet that lists them all.
import {writeFile} from "node:fs/promises";
import {join} from "node:path";

export interface Picture {
  /** The chart or page. */
  of: string;
  /** In which theme, width and state. */
  variant: string;
  /** The file's name, in the folder of the sheet. */
  file: string;
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** Writes an HTML page of all pictures, each with what it shows, to look through them in a browser. */
export async function writeSheet(folder: string, pictures: Picture[]): Promise<void> {
  const figures = pictures.map(
    ({of, variant, file}) =>
      `<figure><figcaption>${escaped(of)}: ${escaped(variant)}</figcaption><a href="${encodeURIComponent(file)}"><img loading="lazy" src="${encodeURIComponent(file)}" alt=""></a></figure>`
  );
  await writeFile(
    join(folder, "index.html"),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Screenshots</title>
<style>body {font: 14px system-ui; display: flex; flex-wrap: wrap; gap: 16px} figure {margin: 0; width: 320px} img {width: 100%; border: 1px solid #999}</style>
${figures.join("\n")}
</html>`
  );
}
