// What an observablehq.config depends on: the project's files that it imports and the environment, or more than can be told.
import {builtinModules} from "node:module";
import {bundleSource} from "./bundle-source.js";

export interface ConfigInputs {
  /** The config and the modules of the project that it imports. */
  files: string[];
  /** The names of the environment variables that it reads; undefined where they may be any. */
  env?: string[];
  /** Why it may say something else the next time, though neither files nor environment have changed. */
  unsure?: string;
}

/** Modules of Node whose functions give the same each time. */
const steady = new Set(["path", "path/posix", "url", "util", "assert"]);
/** Packages that read nothing: the kit, and Markdown's plugins. */
const steadyPackage = /^(?:ikigai-kit(?:\/|$)|(?:@[^/]+\/)?markdown-it(?:-|\/|$))/;

/** Code that may give something else each time, and how to speak of it. Names in texts count too, which costs no more than time. */
const unsteady: [RegExp, string][] = [
  [
    /\bnew Date(?!\s*\(\s*[^)\s])|\bDate\(\)|\bDate\.now\b|\bperformance[.[]|\bTemporal\b/,
    "asks for the time"
  ],
  [/\bMath\.random\b|\bcrypto[.[]/, "makes random values"],
  [/\bfetch\b(?=[(.,;)}\]])|\bXMLHttpRequest\b|\bWebSocket\b/, "asks other hosts"],
  [/\bawait\b/, "waits for something"],
  [/\b(?:import|require|eval|Function|getBuiltinModule)\(|\bglobalThis\b/, "runs code that is chosen then"],
  [/\bprocess\b(?!\.env\b)(?=[.,;)}[\]])/, "reads more of the process than its environment"]
];

/** Looks at the code of the config, which may be TypeScript. */
export async function configInputs(file: string): Promise<ConfigInputs> {
  const source = await bundleSource(file);
  if (!source) return {files: [file], unsure: `${file} imports something that can't be followed`};
  const {code, files, packages} = source;
  const other = packages.find((name) => !isSteady(name));
  const found = unsteady.find(([pattern]) => pattern.test(code));
  const why = other === undefined ? found?.[1] : `imports ${other}`;
  return {
    files,
    ...envNames(code),
    ...(why !== undefined && {
      unsure: `${file} ${why}, so that it may say something else the next time it is read`
    })
  };
}

function isSteady(name: string): boolean {
  const builtin = name.replace(/^node:/, "");
  return builtinModules.includes(builtin) ? steady.has(builtin) : steadyPackage.test(name);
}

const envName = /\bprocess\.env(?:\.([A-Za-z_$][\w$]*)|\["([^"\\]*)"\])/g;

/** The kit's functions for credentials read the environment, too. */
function envNames(code: string): Pick<ConfigInputs, "env"> {
  const names = Array.from(code.matchAll(envName), ([, dotted, quoted]) => (dotted ?? quoted)!);
  const all = code.match(/\bprocess\.env\b/g)?.length ?? 0;
  if (all > names.length || /[cC]redentials/.test(code)) return {};
  return {env: [...new Set(names)].sort()};
}
