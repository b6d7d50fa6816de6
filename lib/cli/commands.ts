// What the `ikigai-kit` command can be asked. A command's own code is loaded when it is asked for: all of it would take half a second.
import {Argument, InvalidArgumentError, Option} from "commander";
import {fileSizeHelp, parseFileSize} from "../config/file-size.js";
import {kitVersion} from "../config/version.js";
import {managers} from "../start/managers.js";
import {KitCommand} from "./kit-command.js";
import type {AddOptions} from "./add.js";
import type {DoctorOptions} from "./doctor.js";
import type {PlatformOptions} from "./platform.js";
import type {RenderOptions} from "./render.js";
import type {BuildOptions} from "./build.js";
import type {InitOptions} from "./init.js";
import type {PublishCommand} from "./publish.js";
import type {RefreshOptions} from "./refresh.js";
import type {ServeOptions} from "./serve.js";
import type {RunOptions} from "./run.js";
import type {TypesOptions} from "./types.js";

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65535) {
    throw new InvalidArgumentError("A port is a whole number from 0 (any free one) to 65535.");
  }
  return value;
}

/** In bytes: "25MiB", "100 MB". */
function fileSize(text: string): number {
  const size = parseFileSize(text);
  if (size === undefined) throw new InvalidArgumentError(`Give ${fileSizeHelp}.`);
  return size;
}

function pixels(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError("Give a whole number of pixels, such as 800.");
  return Number(text);
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("Give a whole number from 1 to 999999.");
  return Number(text);
}

/** An option that may be given several times, and what help says where it isn't given. */
const repeated = (flags: string, description: string, none: string) =>
  new Option(flags, description).argParser((text: string, all: string[]) => [...all, text]).default([], none);
/** Options of commands that can use the local platform. */
const local = new Option("--local", "use the local platform instead of the one that .env names");
const localData = new Option("--data <folder>", "where the local platform keeps its state").default(
  ".ikigai/platform"
);

const exitCodes = (fresh: string, stale: string, failed = "failed, and nothing was changed") =>
  `\nExit codes: 0 ${fresh}; 3 ${stale}; 1 ${failed}.`;

/** All commands; `signal` ends what they start. */
export function commands(signal: AbortSignal): KitCommand {
  const program = new KitCommand("ikigai-kit")
    .description("Dashboards and data apps on Observable Framework from your data in Ikigai.")
    .version(kitVersion)
    .hook("preAction", (_, command) => (command as KitCommand).refuseEmpty());

  program
    .command("init")
    .description("start a project: config, loaders and pages for the data of one of your apps")
    .argument(
      "[folder]",
      "the project's folder; created if it doesn't exist, and existing files stay as they are",
      "."
    )
    .option("--app <name>", "the app's name or id; asked for if left out")
    .option("--all", "take all datasets, models and flows; else 12 datasets, 6 models and 6 flows")
    .option("--local", "use a local platform with demo data instead of an account")
    .option("--yes", "ask nothing: the account is read from the environment or .env")
    .option("--dry-run", "show what would be written, and write nothing")
    .option("--scripts", "replace scripts that package.json already has")
    .option(
      "--kit <spec>",
      "what package.json has for ikigai-kit: a version, or file:/path/to/ikigai-kit.tgz"
    )
    .addOption(
      new Option(
        "--package-manager <name>",
        "by default the one of the lockfile, or else the one that runs this command"
      ).choices([...managers])
    )
    .addHelpText(
      "after",
      exitCodes("written", "written, but some existing files stay as they are", "nothing was written")
    )
    .action(async (folder: string, options: Omit<InitOptions, "folder" | "signal">) =>
      (await import("./init.js")).init({...options, folder, signal})
    );

  program
    .command("add")
    .description("add a dataset, model or flow to this project: an entry in ikigai.config.ts, and pages")
    .addArgument(new Argument("<kind>", "what it is").choices(["dataset", "model", "flow"]))
    .argument("<name>", "its name or id on the platform")
    .option("--app <name>", "the name or id of its app; the config's app if left out")
    .addOption(local)
    .addOption(localData)
    .addHelpText("after", exitCodes("added", "added, but a page stays as it is", "nothing was written"))
    .action(
      async (kind: AddOptions["kind"], name: string, options: Omit<AddOptions, "kind" | "name" | "signal">) =>
        (await import("./add.js")).add({...options, kind, name, signal})
    );

  program
    .command("doctor")
    .description("look for problems in this project's set-up, and say how to fix each")
    .option("--json", "print one JSON object for each problem")
    .option("--port <number>", "the port that the site will use", port, 3000)
    .addOption(local)
    .addOption(localData)
    .addHelpText("after", "\nExit codes: 0 nothing is broken, 1 something is.")
    .action(async (options: Omit<DoctorOptions, "signal">) =>
      (await import("./doctor.js")).doctor({...options, signal})
    );

  program
    .command("demo")
    .description("start the local platform, pull its data, build the site and serve it")
    .option("--port <number>", "the site's port; the next free one when it is taken", port, 3000)
    .addOption(localData)
    .action(async (options: {port: number; data: string}) =>
      (await import("./demo.js")).demo({...options, signal})
    );

  program
    .command("dev")
    .description("preview the site live while you write it")
    .option("--port <number>", "the preview's port; the next free one when it is taken", port, 3000)
    .option(
      "--data <folder>",
      "where the local platform keeps its state, when no key is set",
      ".ikigai/platform"
    )
    .action(async (options: {port: number; data: string}) =>
      (await import("./dev.js")).dev({...options, signal})
    );

  program
    .command("build")
    .description("pull the data that the pages use, and build the site into dist")
    .option("--max-file-size <size>", "split DuckDB's module for a host with this limit: 25MiB", fileSize)
    .addOption(local)
    .addOption(localData)
    .action(async (options: Omit<BuildOptions, "signal">) =>
      (await import("./build.js")).build({...options, signal})
    );

  program
    .command("refresh")
    .description("pull what has changed on the platform since the last time, and nothing else")
    .addOption(repeated("--only <name>", "refresh only this entry of the config; repeat for several", "all"))
    .option("--force", "pull even if nothing has changed")
    .option("--dry-run", "pull nothing: say what would be pulled, and why")
    .option("--json", "print one JSON object per line; the last one is a summary")
    .option("--quiet", "print only warnings and failures")
    .addOption(local)
    .addOption(localData)
    .addHelpText(
      "after",
      exitCodes("all is fresh", "something can't be pulled, and its last good data is kept")
    )
    .action(async (options: Omit<RefreshOptions, "signal">) =>
      (await import("./refresh.js")).refresh({...options, signal})
    );

  program
    .command("publish")
    .description(
      "pull what has changed, build the site in a separate folder, check it and put it in place; builds nothing if nothing has changed"
    )
    .option("--keep <number>", "how many editions to keep; by default as the config says", positive)
    .addOption(repeated("--only <name>", "refresh only this entry of the config; repeat for several", "all"))
    .option("--force", "pull the data even if nothing has changed")
    .option("--rebuild", "make a new edition even if nothing has changed")
    .option("--accept-loss", "publish even if a table lost all its rows, some columns or some parts")
    .option("--no-compress", "write no compressed copies (.br and .gz) of the files")
    .option(
      "--max-file-size <size>",
      "split DuckDB's module, as build does; if left out, as the config says",
      fileSize
    )
    .option("--json", "print one JSON object per line; the last one is a summary")
    .option("--quiet", "print only warnings, failures and new editions")
    .addOption(local)
    .addOption(localData)
    .addHelpText(
      "after",
      exitCodes("published, or up to date", "published with the last good data of something")
    )
    .action(async (options: Omit<PublishCommand, "signal">) =>
      (await import("./publish.js")).publish({...options, signal})
    );

  program
    .command("editions")
    .description("list the editions that are kept, newest first; * marks the current one")
    .option("--json", "print one JSON object on each line")
    .action(async (options: {json?: boolean}) => (await import("./publish.js")).editions(options));

  program
    .command("rollback")
    .description("publish an earlier edition again")
    .argument("[edition]", "its id; by default the one before the current one")
    .action(async (id: string | undefined) => (await import("./publish.js")).rollback(id, {signal}));

  program
    .command("serve")
    .description("serve the built site, with a gateway through which its pages start flows")
    .option(
      "--host <address>",
      "where to listen; anything but this machine needs an access rule",
      "127.0.0.1"
    )
    .option("--port <number>", "the site's port; 0 takes any free one", port, 3000)
    .addOption(local)
    .addOption(localData)
    .action(async (options: Omit<ServeOptions, "signal">) =>
      (await import("./serve.js")).serve({...options, signal})
    );

  program
    .command("platform")
    .description("run a local Ikigai platform and print what to put into .env")
    .option("--port <number>", "the platform's port; 0 takes any free one", port, 4200)
    .option("--data <folder>", "where it keeps its state", ".ikigai/platform")
    .option("--reset", "delete the state and start with the demo data again")
    .option("--quiet", "do not log requests")
    .option("--allow-python", "let flows run Python, with your rights on this machine")
    .option("--memory <MB>", "how much memory a run of a flow may use", positive, 1024)
    .option(
      "--time-zone <name>",
      "the time zone of schedules, such as Europe/Paris (default: this machine's)"
    )
    .option("--time-limit <seconds>", "how long a run of a flow may take", positive, 600)
    .option(
      "--faults [file]",
      "answer with faults on purpose, for tests: as a plan in this JSON file says, or POST /_local/faults"
    )
    .action(async (options: Omit<PlatformOptions, "signal">) =>
      (await import("./platform.js")).platform({...options, signal})
    );

  program
    .command("run")
    .description("run a flow of ikigai.config.ts and wait for its end")
    .argument("<flow>", "its key in the config")
    .addOption(
      repeated(
        "--set <name=value>",
        "a variable's value; repeat for several variables",
        "the config's values"
      )
    )
    .addOption(local)
    .addOption(localData)
    .action(async (key: string, options: Omit<RunOptions, "key" | "signal">) =>
      (await import("./run.js")).run({...options, key, signal})
    );

  program
    .command("render")
    .description("draw a chart of the built site as a picture, for mail and chat")
    .argument("<page>", "the page's path on the site: index, /accuracy")
    .requiredOption("--out <file>", "the picture's file, .png or .svg")
    .option("--chart <name>", "the chart's id, label or heading; the first of the page if left out")
    .addOption(new Option("--format <format>", "by the file's name if left out").choices(["svg", "png"]))
    .addOption(
      new Option("--theme <theme>", "the picture's colors").choices(["light", "dark"]).default("light")
    )
    .option("--width <pixels>", "of the picture; a PNG has twice as many, for sharp screens", pixels, 800)
    .option("--site <folder>", "the built site; the project's own if left out")
    .action(async (page: string, options: Omit<RenderOptions, "page" | "signal">) =>
      (await import("./render.js")).render({...options, page, signal})
    );

  program
    .command("types")
    .description(
      "write the arguments of the platform's facets and models as types, for TypeScript and editors"
    )
    .option("--out <file>", "the declaration file", "ikigai-types.d.ts")
    .option("--force", "replace a file that this command didn't write")
    .addOption(local)
    .addOption(localData)
    .action(async (options: Omit<TypesOptions, "signal">) =>
      (await import("./types.js")).types({...options, signal})
    );

  return program;
}
