// What TypeScript says of a script that uses the package.
import {resolve} from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "../..");
const sourceFiles = new Map<string, ts.SourceFile | undefined>();

/** What is at hand besides the package's own rooms. */
interface Surroundings {
  /** A declaration file beside the script. */
  declared?: string;
  /** Whether Node is. It is slow to read, and only scripts that talk to the platform need it. */
  node?: boolean;
}

/** What is wrong with a script, given as text, and with a declaration file beside it. */
export const compile = (script: string, surroundings: Surroundings = {}): string[] =>
  compileAll({"script.ts": script}, surroundings);

/** What is wrong with scripts, given as texts by their names, that lie in one folder. */
export function compileAll(
  scripts: Record<string, string>,
  {declared, node = false}: Surroundings = {}
): string[] {
  const all = {...scripts, ...(declared !== undefined && {"ikigai.d.ts": declared})};
  const texts = new Map(Object.entries(all).map(([name, text]) => [resolve(root, name), text]));
  const options: ts.CompilerOptions = {
    strict: true,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ["lib.es2023.d.ts", ...(node ? ["lib.dom.d.ts", "lib.esnext.disposable.d.ts"] : [])],
    types: node ? ["node"] : [],
    // Or nothing would be said of the declarations themselves.
    skipLibCheck: declared === undefined,
    noEmit: true,
    paths: {
      "ikigai-kit": [resolve(root, "lib/config/index.ts")],
      "ikigai-kit/data-loaders": [resolve(root, "data-loaders/index.ts")],
      "ikigai-kit/*": [resolve(root, "lib/*/index.ts")],
      "npm:ikigai-kit/*": [resolve(root, "lib/*/index.ts")]
    }
  };
  const host = ts.createCompilerHost(options);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getCurrentDirectory = () => root;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.getSourceFile = (name, version) => {
    const text = texts.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, version);
    if (!sourceFiles.has(name)) sourceFiles.set(name, getSourceFile(name, version));
    return sourceFiles.get(name);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts.keys()]
    .map((name) => program.getSourceFile(name)!)
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({file, start = 0, messageText}) => {
      const line = file!.getLineAndCharacterOfPosition(start).line + 1;
      return `${file!.fileName}:${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
}
