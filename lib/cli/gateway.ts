// The gateway as the commands start it, with the project's config and the account that it uses.
import {existsSync} from "node:fs";
import {join, resolve} from "node:path";
import {accountName} from "../../data-loaders/manifest.js";
import {Ikigai} from "../client/index.js";
import {credentials, loadConfig} from "../config/index.js";
import {checkWritable} from "../disk/index.js";
import {
  checkUnlocked,
  startGateway,
  type DataStatus,
  type Gateway,
  type GatewayOptions,
  type PreviewSite
} from "../gateway/index.js";
import {previewPublisher, publisher, readStatus, type ProjectOptions} from "../publishing/index.js";
import {checkOpenSites, claimSite, readFolders, restoreEdition, restoreSite} from "../site/index.js";
import {lines} from "./reporters.js";

export interface ProjectGatewayOptions extends Omit<ProjectOptions, "reporter"> {
  port: number;
  /** The command that runs it. */
  command: "dev" | "demo" | "serve";
  /** Where Framework's preview listens; the finished site is served if left out. */
  preview?: PreviewSite;
  /** The finished site's folder, if it is known already. */
  folder?: string;
  /** Pulls what has changed, when a viewer asks for it. */
  refresh?: () => Promise<void>;
  /** Where others may reach it, and by which rule; it is for this machine alone if left out. */
  open?: Pick<GatewayOptions, "host" | "token">;
  /** The local platform's folder, where one is used: its runs mean nothing to another. */
  data?: string;
}

/** Starts the gateway in front of the project's site or preview. */
export async function projectGateway(options: ProjectGatewayOptions): Promise<Gateway> {
  const {root, env, port, command, preview, refresh, open} = options;
  const config = await loadConfig(root);
  const client = new Ikigai(await credentials(root, {...process.env, ...env}));
  // A preview has claimed it already.
  const release = preview === undefined ? await claim(root, client) : undefined;
  const served = preview === undefined ? {folder: options.folder ?? (await finishedSite(root))} : preview;
  const project = {root, env, reporter: lines()};
  const gateway: Gateway = await startGateway({
    // The access rule is for a gateway that others can reach; on this machine alone no proxy names viewers.
    config: open ? config : {...config, gateway: {query: config.gateway.query}},
    client,
    site: served,
    port,
    ...open,
    base: preview === undefined ? config.gateway.base : undefined,
    refresh,
    status: () => statusOf(root),
    state: stateFolder(options),
    command: `ikigai-kit ${command}`,
    publish:
      preview === undefined
        ? publisher(project, (folder) => gateway.swap(folder))
        : previewPublisher(project),
    log: (line) => process.stderr.write(`  ${line}\n`)
  }).catch(async (error: unknown) => {
    await release?.();
    throw error;
  });
  return {
    ...gateway,
    async close() {
      await gateway.close();
      await release?.();
    }
  };
}

/**
 * Where the gateway of a command keeps its runs. That of a preview has a folder of its own, so that a site can be written with `dev` while
 * `serve` serves it.
 */
const stateFolder = ({root, data, command}: Pick<ProjectGatewayOptions, "root" | "data" | "command">) =>
  join(data ?? join(root, ".ikigai"), command === "dev" ? "gateway-dev" : "gateway");

/**
 * Throws an Error where another command's gateway has the state folder, or where it can't be written, before anything is started for this
 * one.
 */
export async function checkState(options: Parameters<typeof stateFolder>[0]): Promise<void> {
  const folder = resolve(stateFolder(options));
  await checkUnlocked(folder);
  await checkWritable(folder);
}

/** Keeps builds with another account's data out as long as this process serves the site. */
async function claim(root: string, client: Ikigai): Promise<() => Promise<void>> {
  const account = accountName(client);
  await checkOpenSites(root, account);
  return claimSite(root, account);
}

/** What the last publication left, as the health endpoint and the metrics tell it. */
async function statusOf(root: string): Promise<DataStatus> {
  const status = await readStatus(root);
  if (!status) return {dataAt: null, lastRefresh: null};
  const {at, outcome, dataAt} = status;
  return {dataAt: dataAt === null ? null : new Date(dataAt), lastRefresh: {at: new Date(at), outcome}};
}

/** The folder of the site that was built last. Throws an Error where none was built. */
export async function finishedSite(root: string, local = false): Promise<string> {
  const folders = await readFolders({root});
  await restoreSite(folders);
  await restoreEdition({root, site: folders.output});
  const {output} = folders;
  if (!existsSync(join(output, "index.html")))
    throw new Error(
      `There is no built site in ${output}. Build it first: npx ikigai-kit build${local ? " --local" : ""}`
    );
  return output;
}
