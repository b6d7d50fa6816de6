// Does work on a project that nobody else may do at the same time, and asks the platform ahead: the answers take longer than all the rest
// of a refresh in which nothing has changed.
import {lookup, type Lookup} from "../../data-loaders/lookup.js";
import {Ikigai, type IkigaiOptions} from "../client/index.js";
import {checkConfig, credentials, loadConfig, type CheckedConfig} from "../config/index.js";
import {frameworkConfig} from "../config/framework-config.js";
import {hasConfig} from "../config/load.js";
import type {Reporter} from "./reporter.js";

/** Which project, and with whose data. */
export interface ProjectOptions {
  /** The project's folder. */
  root: string;
  /** Credentials that take the place of the environment's. */
  env?: Record<string, string> | undefined;
  /** How long a call to the platform may take, and how often it is repeated; with 6 retries if left out. */
  calls?: Pick<IkigaiOptions, "timeout" | "retry"> | undefined;
  reporter: Reporter;
  signal?: AbortSignal | undefined;
}

/** The config and its account, and what the platform was asked about the config's sources. */
export interface AskedAhead {
  config: CheckedConfig;
  /** Undefined in a project of Framework's that takes nothing of Ikigai, and so has no ikigai.config.ts. */
  platform: {client: Ikigai; find: Lookup} | undefined;
}

/** Does work alone. It gets what was asked meanwhile; asked again where there was somebody to wait for. */
export async function alone<T>(
  options: ProjectOptions,
  work: (ahead: Promise<AskedAhead>) => Promise<T>
): Promise<T> {
  const {root, signal, reporter} = options;
  let ahead: Promise<AskedAhead> | undefined = askAhead(options);
  ahead.catch(() => undefined); // those who await it get the error
  const onWait = () => {
    ahead = undefined;
    reporter.wait("waiting for another ikigai-kit that works on this project");
  };
  const {withProjectLock} = await import("../site/index.js");
  return withProjectLock(root, {...(signal && {signal}), onWait}, () => work(ahead ?? askAhead(options)));
}

/** A refresh tries its sources again by itself, three times as set by default: together they wait for a platform for up to 80 s. */
const patient = 6;

async function askAhead({root, env, calls, signal}: ProjectOptions): Promise<AskedAhead> {
  if (!(await hasConfig(root)) && frameworkConfig(root) !== undefined)
    return {config: checkConfig({app: "none"}), platform: undefined};
  const config = await loadConfig(root);
  const {userEmail, apiKey, baseUrl} = await credentials(root, {...process.env, ...env});
  const client = new Ikigai({userEmail, apiKey, baseUrl, retry: patient, ...calls});
  const find = lookup(client, signal);
  for (const entry of Object.values(config.datasets)) find.dataset(entry).catch(() => undefined);
  for (const entry of Object.values(config.models)) find.model(entry).catch(() => undefined);
  return {config, platform: {client, find}};
}
