// Checks the package as it would be published, of what `npm run compile` has made, and prints what it weighs.
import {execFileSync} from "node:child_process";
import console from "node:console";
import {mkdtempSync, rmSync} from "node:fs";
import {tmpdir} from "node:os";
import {extname, join, resolve} from "node:path";
import process from "node:process";
import {publint} from "publint";
import {formatMessage} from "publint/utils";

const root = resolve(import.meta.dirname, "..");

/** Bytes, unpacked, beyond which somebody should look at what has come in. */
const limit = 4_500_000;

const kB = (bytes) => `${Math.round(bytes / 1000).toLocaleString("en")} kB`;

const folder = mkdtempSync(join(tmpdir(), "ikigai-kit-package-"));
try {
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [{filename, size, unpackedSize, files}] = JSON.parse(
    execFileSync("npm", args, {cwd: root, encoding: "utf8"})
  );
  const problems = [...weigh({size, unpackedSize, files}), ...(await lint())];
  // Its exit code says whether the types resolve as an ES module and with a bundler; CommonJS isn't offered.
  execFileSync(
    "npx",
    ["--no", "attw", join(folder, filename), "--profile", "esm-only", "--format", "ascii", "-q"],
    {
      cwd: root,
      stdio: "inherit"
    }
  );
  problems.forEach((problem) => console.error(problem));
  if (problems.length > 0) process.exitCode = 1;
} finally {
  rmSync(folder, {recursive: true, force: true});
}

/** Prints what the package weighs, by kind of file. Returns what is wrong with it. */
function weigh({size, unpackedSize, files}) {
  const kinds = new Map();
  for (const {path, size} of files) {
    const [top] = path.replace(/^build\//, "").split("/");
    const kind = path.includes("/") ? `${top}/*${path.endsWith(".d.ts") ? ".d.ts" : extname(path)}` : path;
    kinds.set(kind, (kinds.get(kind) ?? 0) + size);
  }
  console.log(`package: ${files.length} files, ${kB(unpackedSize)} unpacked, ${kB(size)} packed`);
  for (const [kind, bytes] of [...kinds].sort(([, a], [, b]) => b - a).slice(0, 6))
    console.log(`  ${kind.padEnd(24)} ${kB(bytes).padStart(8)}`);
  const strays = files.map(({path}) => path).filter((path) => /\.(map|tsbuildinfo)$|(^|\/)\.env/.test(path));
  return [
    ...(unpackedSize > limit
      ? [`The package weighs ${kB(unpackedSize)} unpacked; at most ${kB(limit)} are allowed`]
      : []),
    ...strays.map((path) => `${path} should not be in the package: see "files" in package.json`)
  ];
}

async function lint() {
  const {messages, pkg} = await publint({pkgDir: root, pack: false, strict: true});
  return messages.map((message) => `publint: ${formatMessage(message, pkg)}`);
}
