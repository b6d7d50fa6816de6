// A Framework project as this kit sees it: its folders, and which files its pages need and what would make them.
import {join, relative} from "node:path";
import {extname} from "node:path/posix";
import {checkEnd, FrameworkError, type FrameworkCommand} from "../hermetic/framework.js";
import {startHooked} from "../hermetic/hooked.js";
import {builtProgram} from "../processes/program.js";
import type {BuildPlan} from "./build-plan.js";
import type {ConfigInputs} from "./config-inputs.js";
import {failureText} from "./framework-failure.js";
import type {GatewayOnly} from "./gateway-only.js";
import type {LoaderKind} from "./loader-kind.js";
import type {LoadedFile} from "./run-loaders.js";

/** The loader that would make a file. */
export type Origin = LoaderKind & {
  /** Its own file, from the project's folder. */
  path: string;
  /** What stands for the parts of its path in brackets. */
  params: Record<string, string>;
  /** Milliseconds after which what it has made is too old, where the project says so. */
  maxAge?: number | undefined;
};

/** A file that pages name. */
export interface NamedFile {
  /** From the source root, with slashes: `data/demand.parquet`. */
  path: string;
  /** The files that name it, from the project's folder. */
  pages: string[];
  /** Whether it lies there or a loader would make it. */
  found: boolean;
  loader?: Origin;
}

/** A file in Framework's cache, and the loader that would make it now. */
export interface CachedFile {
  path: string;
  loader?: Origin;
}

/** Something without which the site can't be built. */
export interface Problem {
  /** The file that has it, from the project's folder, where it is one alone. */
  page?: string;
  message: string;
}

/**
 * What Framework's answer was made from, beside the files of the source root: the project's other files that its config and loaders
 * import, or that its pages take of local packages, and the environment that the config reads.
 */
export type ProjectInputs = ConfigInputs;

/** What the program under the hook sends. */
export interface ProjectAnswer {
  /** The source root and the folder of the finished site, in full. */
  root: string;
  output: string;
  files: NamedFile[];
  cached: CachedFile[];
  problems: Problem[];
  warnings: string[];
  plan: BuildPlan;
  inputs: ProjectInputs;
  /** Why nothing could be asked. */
  fault?: string;
}

/** What the program under the hook is sent: Framework's arguments, where a build goes, and whom alone a preview answers. */
export interface RunMessage {
  args: string[];
  output?: string;
  gatewayOnly?: GatewayOnly;
}

/** Asks it to run the loaders of these files, from the source root. */
export interface LoadMessage {
  load: string[];
}

export interface ProjectOptions {
  /** The project's folder. */
  root: string;
  env?: Record<string, string>;
  signal?: AbortSignal;
}

/** Where a project has what. */
export interface ProjectFolders {
  /** The project's folder. */
  root: string;
  /** Its pages. */
  source: string;
  /** The finished site. */
  output: string;
}

/** Where Framework keeps what loaders have made, to use it again. */
export const cacheFolder = ({source}: Pick<ProjectFolders, "source">): string =>
  join(source, ".observablehq", "cache");

export interface SiteProject extends ProjectFolders {
  files: NamedFile[];
  cached: CachedFile[];
  /** What keeps the site from being built. */
  problems: Problem[];
  plan: BuildPlan;
}

/** A project whose pages have been read by Framework, which now waits to build or preview it. */
export interface OpenProject {
  readonly project: SiteProject;
  readonly inputs: ProjectInputs;
  /**
   * Runs the command that the project was opened for to its end, with Framework's own arguments. Rejects with a FrameworkError that
   * names what is missing.
   */
  run(message: RunMessage): Promise<void>;
  /**
   * Runs the loaders of these files, from the source root, many at a time. Resolves when all have ended; what a loader that fails has
   * made before is kept.
   */
  load(paths: readonly string[], onLoaded: (file: LoadedFile) => void): Promise<void>;
  /** Ends Framework, whatever it does. */
  close(): Promise<void>;
}

export interface OpenOptions extends ProjectOptions {
  command: FrameworkCommand;
  onOutput: (text: string, stream: "stdout" | "stderr") => void;
  onWarning: (warning: string) => void;
}

/** Asks Framework for its folders alone. Throws an Error with the fix where the config can't be used. */
export async function askFolders(options: ProjectOptions): Promise<ProjectFolders> {
  const program = start("folders", {...options, onOutput: () => {}, onWarning: () => {}});
  const {root: source, output} = await program.answer;
  await program.ended;
  return {root: options.root, source, output};
}

/**
 * Asks Framework what the project's pages need: by the config and resolvers that its build uses, so names made of route parameters,
 * templates and concatenation count, in modules and components too. Throws an Error with the fix where the config can't be used, or
 * where Framework isn't the version that this kit knows.
 */
export async function openProject(options: OpenOptions): Promise<OpenProject> {
  const {root, command} = options;
  const {answer, faults, printed, send, end, ended, onLoaded} = start(command, options);
  try {
    const {root: source, output, files, cached, problems, warnings, plan, inputs} = await answer;
    warnings.forEach(options.onWarning);
    // What the hook says of a fault is better than the error that it became.
    const others = problems.filter(({message}) => ![...faults].some((fault) => message.includes(fault)));
    const all = [...[...faults].map((message) => ({message})), ...others, ...missing(files, source, root)];
    faults.clear();
    return {
      project: {root, source, output, files, cached, problems: all, plan},
      inputs,
      async run(message) {
        printed.stdout = printed.stderr = "";
        send(message);
        const code = await ended;
        try {
          checkEnd(command, code, faults);
        } catch (error) {
          if (faults.size > 0 || !(error instanceof FrameworkError)) throw error;
          // What failed is in the output alone, of which nobody should have to read all.
          const text = failureText(error.message.replace(/^.*?: /, ""), printed);
          throw new FrameworkError(`observable ${command} failed: ${text}`, error.exitCode);
        }
      },
      load(paths, report) {
        if (paths.length === 0) return Promise.resolve();
        let left = paths.length;
        const all = new Promise<void>((resolve) =>
          onLoaded((file) => {
            report(file);
            if (--left === 0) resolve();
          })
        );
        send({load: [...paths]} satisfies LoadMessage);
        const early = ended.then((code) => {
          throw new Error(`Framework ended with ${code} while loaders ran:\n${printed.stderr.trim()}`);
        });
        return Promise.race([all, early]);
      },
      async close() {
        end();
        await ended.catch(() => undefined);
      }
    };
  } catch (error) {
    end();
    await ended.catch(() => undefined);
    throw error;
  }
}

/** Throws an Error that lists all that keeps the site from being built. */
export function throwProblems({problems}: SiteProject): void {
  if (problems.length === 0) return;
  const lines = problems.map(({page, message}) => (page === undefined ? message : `${page}: ${message}`));
  throw new Error(lines.length === 1 ? lines[0] : `the site can't be built:\n  ${lines.join("\n  ")}`);
}

/** A sentence for each file that is named and that nothing would make. */
function missing(files: NamedFile[], source: string, root: string): Problem[] {
  return files
    .filter(({found}) => !found)
    .map(({path, pages}) => {
      const from = relative(root, source);
      return {
        page: pages[0]!,
        message: `${path} is named, but there is no ${from}/${path} and no loader for it, such as ${from}/${loaderFor(path)}`
      };
    });
}

const formats = new Set([".parquet", ".arrow", ".csv", ".json"]);

const loaderFor = (path: string) =>
  formats.has(extname(path)) ? `${path.replace(/[^/]*$/, "")}[name]${extname(path)}.ts` : `${path}.ts`;

function start(command: string, {root, env, signal, onOutput, onWarning}: Omit<OpenOptions, "command">) {
  const faults = new Set<string>();
  const printed = {stdout: "", stderr: ""};
  // What is wrong with the config can have Framework warn of what isn't: then that alone is told.
  const early: string[] = [];
  let warn: typeof onWarning = (warning) => void early.push(warning);
  let take!: (answer: ProjectAnswer) => void;
  const answered = new Promise<ProjectAnswer>((resolve) => (take = resolve));
  let takeLoaded: (file: LoadedFile) => void = () => {};
  const {send, end, ended} = startHooked(
    [builtProgram("project-program.js", import.meta.url), command],
    {
      root,
      env,
      signal,
      onOutput(text, stream) {
        printed[stream] += text;
        onOutput(text, stream);
      }
    },
    ({problem: fault, warning, result, loaded}) => {
      if (fault !== undefined) faults.add(fault);
      if (warning !== undefined) warn(warning);
      if (result !== undefined) take(result as ProjectAnswer);
      if (loaded !== undefined) takeLoaded(loaded as LoadedFile);
    }
  );
  const failed = ended.then((code) => {
    if (faults.size > 0) throw new Error([...faults].join("\n"));
    throw new Error(
      `Framework can't read the pages of ${root} (it ended with ${code}):\n${(printed.stdout + printed.stderr).trim()}`
    );
  });
  failed.catch(() => undefined); // those who await the answer get the error
  const answer = Promise.race([answered, failed]).then((answer) => {
    if (answer.fault !== undefined) throw new Error(answer.fault);
    early.forEach(onWarning);
    warn = onWarning;
    return answer;
  });
  const onLoaded = (report: typeof takeLoaded) => void (takeLoaded = report);
  return {answer, faults, printed, send, end, ended, onLoaded};
}
