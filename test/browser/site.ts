// The demo as a newcomer gets it: `ikigai-kit demo` in a fresh copy of the project, with a state folder of its own.
import {readFile} from "node:fs/promises";
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
    const command = start(["demo", "--port", "0", "--data", data], {cwd: root});
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
