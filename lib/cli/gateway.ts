// The gateway as the commands start it, with the project's config and the account that it uses.
import {join} from "node:path";
import {accountName} from "../../data-loaders/manifest.js";
import {Ikigai} from "../client/index.js";
import {credentials, loadConfig} from "../config/index.js";
import {
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
  /** Where Framework's preview listens; the finished site is served if left out. */
  preview?: PreviewSite;
  /** Pulls what has changed, when a viewer asks for it. */
  refresh?: () => Promise<void>;
  /** Where others may reach it, and by which rule; it is for this machine alone if left out. */
  open?: Pick<GatewayOptions, "host" | "token">;
  /** The local platform's folder, where one is used: its runs mean nothing to another. */
  data?: string;
}

/** Starts the gateway in front of the project's site or preview. */
export async function projectGateway(options: ProjectGatewayOptions): Promise<Gateway> {
  const {root, env, port, preview, refresh, open, data} = options;
  const config = await loadConfig(root);
  const client = new Ikigai(await credentials(root, {...process.env, ...env}));
  // A preview has claimed it already.
  const release = preview === undefined ? await claim(root, client) : undefined;
  const served = preview === undefined ? {folder: await finishedSite(root)} : preview;
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
    state: join(data ?? join(root, ".ikigai"), "gateway"),
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

/** The folder of the site that was built last. */
async function finishedSite(root: string): Promise<string> {
  const folders = await readFolders({root});
  await restoreSite(folders);
  await restoreEdition({root, site: folders.output});
  return folders.output;
}
