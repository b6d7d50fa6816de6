// Which account `init` and `add` read: the one that is set, the local platform's, or one that is asked for.
import {log, password, text} from "@clack/prompts";
import {Ikigai, type App, type NamedMap} from "../client/index.js";
import {quickClient} from "../client/quick-client.js";
import {credentials, hasCredentials, type Credentials} from "../config/index.js";
import {environment} from "./local.js";
import {answered, type Terminal} from "./prompts.js";
import {useLocal} from "./shared-local.js";

export interface AccountOptions {
  root: string;
  /** Where the local platform keeps its state; it isn't used if left out. */
  data?: string | undefined;
  /** Where somebody can be asked; nobody is if left out. */
  terminal?: Terminal | undefined;
  signal: AbortSignal;
}

/** An account whose key the platform has taken. */
export interface Account {
  client: Ikigai;
  apps: NamedMap<App>;
  /** What was asked for, to be written into .env. */
  asked?: Credentials;
  close(): Promise<void>;
}

/** @throws ConfigError that says which variables are missing; what the platform answers where it doesn't take the key */
export async function openAccount({root, data, terminal, signal}: AccountOptions): Promise<Account> {
  if (data !== undefined) {
    const platform = await useLocal({data, signal});
    try {
      const client = new Ikigai(await credentials(root, environment(platform)));
      return {client, apps: await client.apps.list({signal}), close: () => platform.close()};
    } catch (error) {
      await platform.close(); // it would keep this process running
      throw error;
    }
  }
  if (terminal && !(await hasCredentials(root))) return askAccount(root, terminal, signal);
  const client = quickClient(await credentials(root));
  return {client, apps: await client.apps.list({signal}), close: () => client.close()};
}

/** Asks until the platform takes what was given. The key isn't shown. */
async function askAccount(root: string, terminal: Terminal, signal: AbortSignal): Promise<Account> {
  for (;;) {
    const email = answered(
      await text({...terminal, message: "Email address of your Ikigai account", validate: needed})
    );
    const key = answered(
      await password({...terminal, message: "API key (in Ikigai: Profile, Account, Keys)", validate: needed})
    );
    const url = answered(
      await text({...terminal, message: "Address of the platform", initialValue: "https://api.ikigailabs.io"})
    );
    try {
      const asked = await credentials(root, {
        IKIGAI_USER_EMAIL: email,
        IKIGAI_API_KEY: key,
        IKIGAI_BASE_URL: url
      });
      const client = quickClient(asked);
      return {client, apps: await client.apps.list({signal}), asked, close: () => client.close()};
    } catch (error) {
      signal.throwIfAborted();
      log.error((error as Error).message, terminal);
    }
  }
}

const needed = (value: string | undefined) => (value?.trim() ? undefined : "It is empty.");
