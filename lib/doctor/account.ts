// The account: credentials, how .env is kept, and whether the platform takes the key.
import {existsSync} from "node:fs";
import {stat} from "node:fs/promises";
import {join} from "node:path";
import {AuthenticationError} from "../client/index.js";
import {quickClient} from "../client/quick-client.js";
import {credentials, hasCredentials} from "../config/index.js";
import {hasConfig} from "../config/load.js";
import {mergeIgnored, textOf} from "../start/index.js";
import {broken, warning, whyNotAsked, type Check} from "./check.js";

export const credentialsCheck: Check = {
  name: "credentials",
  async run(surroundings) {
    const {root, env} = surroundings;
    const skipped = whyNotAsked(surroundings);
    if (skipped !== undefined) return {skipped};
    if (!(await hasCredentials(root, env)))
      return [broken(".env", "no account is set, here or in the environment", await howToSet(root))];
    return credentials(root, env).then(
      () => [],
      (error: Error) => {
        const problems = error.message.split("\n").filter((line) => line.startsWith("  "));
        const fix = "set it in the environment, or on a line NAME=value of .env";
        return problems.map((problem) => broken(problem.trim().split(" ")[0]!, problem.trim(), fix));
      }
    );
  }
};

/** How to set an account: what there is of a project says what there is to do. */
async function howToSet(root: string): Promise<string> {
  if (!(await hasConfig(root)))
    return "start a project: npx ikigai-kit init asks for the account and writes .env, or, with --local, needs none";
  const lines = "IKIGAI_USER_EMAIL and IKIGAI_API_KEY";
  const write = existsSync(join(root, ".env.example"))
    ? `copy .env.example to .env and fill it in: ${lines}`
    : `write ${lines} into a file .env, each on a line NAME=value`;
  const scripts = existsSync(join(root, "package.json")) ? ", and in the scripts of package.json" : "";
  return `${write}. Without an account, use the local platform: --local, here${scripts}`;
}

export const secret: Check = {
  name: ".env",
  async run({root}) {
    const file = join(root, ".env");
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) return [];
    const isIgnored = !mergeIgnored((await textOf(join(root, ".gitignore"))) ?? "", "src").added.includes(
      ".env"
    );
    return [
      ...(isIgnored
        ? []
        : [
            broken(
              ".gitignore",
              "git would commit .env, and the key in it",
              existsSync(join(root, ".gitignore"))
                ? "write .env on a line of .gitignore"
                : "make a file .gitignore with the line .env"
            )
          ]),
      ...(process.platform !== "win32" && found.mode & 0o077
        ? [warning(".env", "other users of this machine can read it, and the key in it", "chmod 600 .env")]
        : [])
    ];
  }
};

export const platform: Check = {
  name: "platform",
  async run(surroundings) {
    const {root, env, signal} = surroundings;
    const skipped = whyNotAsked(surroundings);
    if (skipped !== undefined) return {skipped};
    const found = await credentials(root, env).catch(() => undefined);
    if (!found) return {skipped: "it needs the credentials"};
    const client = quickClient(found);
    try {
      await client.apps.list({signal});
      return [];
    } catch (error) {
      signal.throwIfAborted();
      const message = (error as Error).message;
      if (error instanceof AuthenticationError)
        return [
          broken(
            found.baseUrl,
            `the platform doesn't take the key: ${message}`,
            "make a new one (Profile, Account, Keys), and set IKIGAI_API_KEY"
          )
        ];
      return [
        broken(
          found.baseUrl,
          `the platform can't be reached: ${message}`,
          "check IKIGAI_BASE_URL, the network, and whether a proxy is needed"
        )
      ];
    } finally {
      await client.close();
    }
  }
};
