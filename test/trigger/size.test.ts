// What the module costs a page: it must stay a fraction of what it would be with the schemas' zod.
import {resolve} from "node:path";
import {gzipSync} from "node:zlib";
import {build} from "esbuild";
import {expect, it} from "vitest";

it("brings no other package, and less than 14.5 kB", async () => {
  const {outputFiles, metafile} = await build({
    entryPoints: [resolve(import.meta.dirname, "../../lib/trigger/index.ts")],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
    metafile: true
  });
  const inputs = Object.keys(metafile.inputs);
  expect(inputs.filter((file) => !/^lib\/(?:dom|gateway-api|trigger)\//.test(file))).toEqual([]);
  expect(gzipSync(outputFiles[0]!.contents).length).toBeLessThan(14_500);
});
