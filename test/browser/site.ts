// The demo as a newcomer gets it: `ikigai-kit demo` in a fresh copy of the project, with a state folder of its own; or a copy of that.
import {existsSync} from "node:fs";
import {cp, mkdtemp, readFile, rename} from "node:fs/promises";
import {join} from "node:path";
import {start, type Command} from "../cli/command.js";
import {demoProject, remove, temporaryFolder} from "../cli/project.js";

export interface Demo {
  /** Where the dashboard answers, without a trailing slash. */
  url: string;
  /** The running command. */
  command: Command;
  /** The project's folder. */
  root: string;
  /** The folder of the built site. */
  site: string;
  /** How its local platform is called: read from where the platform keeps it, not from anything that was printed. */
  platform: {baseUrl: string; userEmail: string; apiKey: string};
  /** Runs the command once more, in the same folders; the one before must have ended. */
  again: () => Promise<Demo>;
  /** Ends whatever runs, and removes the folders. */
  close: () => Promise<void>;
}

/** Starts the demo and waits for its address. */
export async function startDemo(): Promise<Demo> {
  const [{root}, data] = await Promise.all([demoProject(), temporaryFolder()]);
  return started(["demo"], {root, data});
}

/**
 * The demo for tests that only look at it: a copy, which nobody else uses, of the one that the first such test has left in `kept`, served
 * without building it again, which is most of the CPU time.
 */
export async function startCopy(kept: string): Promise<Demo> {
  const [made, own] = [join(kept, "demo"), await mkdtemp(join(kept, "copy-"))];
  if (!existsSync(made)) {
    const first = join(own, "demo");
    await demoProject(foldersIn(first).root);
    const {command} = await started(["demo"], foldersIn(first));
    await command.interrupt();
    // Another worker may have been quicker.
    await rename(first, made).catch((error: unknown) => {
      if (!existsSync(made)) throw error;
    });
  }
  await cp(made, own, {recursive: true, verbatimSymlinks: true, preserveTimestamps: true});
  return started(["serve", "--local"], foldersIn(own));
}

interface Folders {
  root: string;
  data: string;
}

const foldersIn = (folder: string): Folders => ({root: join(folder, "project"), data: join(folder, "data")});

async function started(args: string[], {root, data}: Folders): Promise<Demo> {
  const commands: Command[] = [];
  const close = async () => {
    for (const command of commands) {
      command.kill();
      await command.ended;
    }
    await remove(root);
    await remove(data);
  };
  const begin = async (): Promise<Demo> => {
    const command = start([...args, "--port", "0", "--data", data], {cwd: root});
    commands.push(command);
    const [, url] = await command.says(/The dashboard: +(http:\S+)/);
    const [, baseUrl] = await command.says(/✓ platform +(http:\/\/127\.0\.0\.1:\d+)/);
    const account = JSON.parse(await readFile(join(data, "account.json"), "utf8")) as {
      users: [{email: string; apiKey: string}];
    };
    const [{email: userEmail, apiKey}] = account.users;
    return {
      url: url!,
      command,
      root,
      site: join(root, "dist"),
      platform: {baseUrl: baseUrl!, userEmail, apiKey},
      again: begin,
      close
    };
  };
  try {
    return await begin();
  } catch (error) {
    await close();
    throw error;
  }
}
