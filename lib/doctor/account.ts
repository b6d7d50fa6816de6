// The account: credentials, how .env is kept, and whether the platform takes the key.
import {stat} from "node:fs/promises";
import {join} from "node:path";
import {AuthenticationError} from "../client/index.js";
import {quickClient} from "../client/quick-client.js";
import {credentials, hasCredentials} from "../config/index.js";
import {mergeIgnored, textOf} from "../start/index.js";
import {broken, warning, whyNotAsked, type Check} from "./check.js";

export const credentialsCheck: Check = {
  name: "credentials",
  async run(surroundings) {
    const {root, env} = surroundings;
    const skipped = whyNotAsked(surroundings);
    if (skipped !== undefined) return {skipped};
    if (!(await hasCredentials(root, env)))
      return [
        broken(
          ".env",
          "no account is set, here or in the environment",
          "copy .env.example to .env and fill it in: IKIGAI_USER_EMAIL and IKIGAI_API_KEY. Without an account, " +
            "use the local platform: --local, here and in the scripts of package.json"
        )
      ];
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
              "write .env on a line of .gitignore"
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
