// The part of Framework's private modules that this kit uses. They are those of the version that lib/hermetic holds it to.
import type {Writable} from "node:stream";

/** What makes a file: a program, an archive, or nothing where the file lies there. */
export interface FrameworkLoader {
  /** From the source root. */
  path: string;
  params?: Record<string, string>;
  /** Of a program only. */
  command?: string;
  args?: string[];
  exec?: (output: Writable) => Promise<void>;
  /** Not of a file that lies there. */
  targetPath?: string;
  load?: (options: {useStale: boolean}, effects: object) => Promise<string>;
}

interface Page {
  body: string;
  data: {draft?: boolean};
  code: {node: {imports: {name: string; type: "local" | "global"}[]}}[];
}

interface Resolvers {
  /** From the page. */
  assets: Set<string>;
  files: Set<string>;
  localImports: Set<string>;
  globalImports: Set<string>;
  stylesheets: Set<string>;
}

export interface FrameworkConfig {
  root: string;
  output: string;
  /** Framework's own names the time of the build. */
  footer: string | ((...args: unknown[]) => unknown) | null;
  search: {index: unknown} | null;
  paths(): AsyncIterable<string>;
  loaders: {
    find(path: string): FrameworkLoader | undefined;
    findPage(path: string): FrameworkLoader | undefined;
    loadPage(path: string, options: object): Promise<Page>;
  };
}

interface Module {
  path: string;
  params?: Record<string, string>;
}

/** What a module's source says; names are relative to it. */
interface ModuleInfo {
  /** Of its source as JavaScript, SHA-256 in hexadecimal. */
  hash: string;
  files: Set<string>;
  localStaticImports: Set<string>;
  localDynamicImports: Set<string>;
  globalStaticImports: Set<string>;
  globalDynamicImports: Set<string>;
}

export interface FrameworkModules {
  normalizeConfig: (spec: object) => FrameworkConfig;
  readConfig: () => Promise<FrameworkConfig>;
  getResolvers: (page: Page, options: object) => Promise<Resolvers>;
  getModuleResolvers: (path: string, config: FrameworkConfig) => Promise<Resolvers>;
  findModule: (root: string, path: string) => Module | undefined;
  getModuleInfo: (root: string, path: string) => ModuleInfo | undefined;
  readJavaScriptSync: (path: string) => string;
  parseProgram: (source: string, params?: Record<string, string>) => object;
  findFiles: (body: object, path: string, source: string) => unknown[];
  resolvePath: (from: string, to: string) => string;
  builtins: Map<string, string>;
  resolveBuiltin: (specifier: string) => string;
  resolveNpmImport: (root: string, specifier: string) => Promise<string>;
  resolveJsrImport: (root: string, specifier: string) => Promise<string>;
  resolveNodeImport: (root: string, specifier: string) => Promise<string>;
  parseImports: (root: string, path: string) => Promise<{name: string; type: "local" | "global"}[]>;
}

/** Imports them from the folder that the hook's starter names. */
export async function frameworkModules(): Promise<FrameworkModules> {
  const names = [
    "config",
    "resolvers",
    "path",
    "npm",
    "jsr",
    "node",
    ...["module", "parse", "files", "imports"].map((name) => `javascript/${name}`)
  ];
  const modules = await Promise.all(
    names.map(
      (name) => import(new URL(`${name}.js`, process.env.IKIGAI_KIT_FRAMEWORK).href) as Promise<object>
    )
  );
  return Object.assign({}, ...modules) as FrameworkModules;
}
