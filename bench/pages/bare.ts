// The least that draws a small Arrow file of the site with Plot: HTML by hand, with the site's own modules, all of them preloaded.
import {readdir, readFile} from "node:fs/promises";
import {dirname, join} from "node:path/posix";
import {moduleReferences} from "../../lib/site/references.js";
import type {DemoPage} from "./pages.js";

export const barePath = ({path}: DemoPage): string =>
  `/bare${path === "/" ? "-index" : path.replace("/", "-")}`;

/** The page's text. `site` is the folder of the built site. */
export async function barePage(site: string, {first}: DemoPage): Promise<string> {
  const names = (await readdir(site, {recursive: true})).map((name) => name.replaceAll("\\", "/"));
  const built = (pattern: RegExp) => {
    const name = names.find((name) => pattern.test(name));
    if (name === undefined) throw new Error(`The site has no file like ${pattern}.`);
    return name;
  };
  const plot = built(/^_npm\/@observablehq\/plot@[^/]+\/[0-9a-f]{8}\.js$/);
  const reader = built(/^_npm\/ikigai-kit@[^/]+\/page\.[0-9a-f]{8}\.js$/);
  const data = built(new RegExp(`^_file/data/${first.file}\\.[0-9a-f]{8}\\.arrow$`));
  const modules = await imported(site, [plot, reader]);
  return `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Bare</title>
${modules.map((name) => `<link rel="modulepreload" href="./${name}">`).join("\n")}
<link rel="preload" as="fetch" crossorigin href="./${data}">
<body>
<script type="module">
import * as Plot from "./${plot}";
import {arrowRows} from "./${reader}";
const rows = await arrowRows({name: "data", url: async () => "./${data}"});
document.body.append(Plot.plot({marks: [Plot.lineY(rows, ${JSON.stringify({x: first.x, y: first.y, z: first.z})})]}));
</script>
</body>
</html>
`;
}

/** The modules and all that they import statically. */
async function imported(site: string, modules: string[]): Promise<string[]> {
  const all = new Set(modules);
  for (const name of all) {
    const source = await readFile(join(site, name), "utf8");
    for (const other of await moduleReferences(source, {dynamic: false}))
      all.add(other.startsWith("/") ? other.slice(1) : join(dirname(name), other));
  }
  return [...all];
}
