// Bundles the HTTP server's packages into build/vendor, and lets the compiled files import them from there.
//
// Fastify depends on light-my-request ^6, whose newest release depends on a `cookie` that wants Node 22. Yarn 1 then refuses the whole
// install on Node 20, and `overrides` of ours don't reach whoever installs the kit. Bundled, these packages have the versions of
// package-lock.json, on which our tests run, and some sixty packages fewer have to be installed.
import {mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {dirname, join, relative, resolve, sep} from "node:path";
import {build} from "esbuild";

const root = resolve(import.meta.dirname, "..");
const output = join(root, "build");
const vendor = join(output, "vendor");

/** What is bundled, with the exports that the kit uses beside the default. */
const packages = {
  fastify: [],
  "@fastify/cookie": ["Signer"],
  "@fastify/http-proxy": [],
  "@fastify/rate-limit": []
};

/** `@fastify/cookie` becomes `fastify-cookie`. */
const fileName = (name) => name.replace("@", "").replace("/", "-");

/** A module with the named exports that esbuild can't see in CommonJS. */
const wrapper = (name, exports) =>
  `import whole from "${name}";\nexport default whole;\nexport const {${exports.join(", ")}} = whole;\n`;

async function bundle() {
  const entries = new Map(Object.keys(packages).map((name) => [fileName(name), name]));
  const {metafile} = await build({
    entryPoints: [...entries.keys()].map((file) => ({in: `wrapper:${file}`, out: file})),
    outdir: vendor,
    bundle: true,
    splitting: true,
    minify: true,
    keepNames: true,
    legalComments: "none", // they are in LICENSES.txt
    chunkNames: "shared-[hash]",
    platform: "node",
    format: "esm",
    target: "node20",
    // The kit depends on it anyway.
    external: ["undici"],
    banner: {
      js: 'import {createRequire} from "node:module"; const require = createRequire(import.meta.url);'
    },
    absWorkingDir: root,
    metafile: true,
    logLevel: "warning",
    plugins: [
      {
        name: "wrapper",
        setup(build) {
          build.onResolve({filter: /^wrapper:/}, ({path}) => ({
            path: path.slice("wrapper:".length),
            namespace: "wrapper"
          }));
          build.onLoad({filter: /^/, namespace: "wrapper"}, ({path}) => {
            const name = entries.get(path);
            return {contents: wrapper(name, packages[name]), resolveDir: root};
          });
        }
      }
    ]
  });
  const folders = Object.keys(metafile.inputs).map(
    (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]
  );
  writeFileSync(join(vendor, "LICENSES.txt"), licenses([...new Set(folders.filter(Boolean))].sort()));
}

/** The licenses of what is bundled, which ask to be passed on. */
function licenses(folders) {
  return folders
    .map((folder) => {
      const {name, version, license} = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
      const file = readdirSync(join(root, folder)).find((file) => /^licen[cs]e/i.test(file));
      const text = file ? readFileSync(join(root, folder, file), "utf8").trim() : "";
      return `${name} ${version}, ${license}\n\n${text}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}

/** Points the compiled files' imports of these packages at the bundles. */
function rewriteImports() {
  for (const path of readdirSync(join(output, "lib"), {recursive: true})) {
    if (!path.endsWith(".js")) continue;
    const file = join(output, "lib", path);
    const code = readFileSync(file, "utf8");
    const beside = relative(dirname(file), vendor).split(sep).join("/");
    const rewritten = code.replace(/^(import .*? from )"([^"]+)";$/gm, (all, start, name) =>
      Object.hasOwn(packages, name) ? `${start}"${beside}/${fileName(name)}.js";` : all
    );
    if (rewritten !== code) writeFileSync(file, rewritten);
  }
}

/** Makes the bundles, and lets the files in build use them. */
export async function vendorServer() {
  rmSync(vendor, {recursive: true, force: true});
  mkdirSync(vendor, {recursive: true});
  await bundle();
  rewriteImports();
}
