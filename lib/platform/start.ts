// Starting a platform on a state folder, and stopping it.
import Fastify, {type FastifyInstance} from "fastify";
import {access} from "node:fs/promises";
import {Accounts, type Account} from "./accounts.js";
import {hasCode} from "./error.js";
import type {RunFlow} from "./flow-run.js";
import {FlowRuns} from "./flow-runs.js";
import type {FaultPlan} from "./fault-plan.js";
import {Faults} from "./faults.js";
import {accountFile, openFolder, type Folder} from "./folder.js";
import {Ingestion} from "./ingestion.js";
import {ObjectStore} from "./objects.js";
import {Parts} from "./parts.js";
import {FlowProcesses} from "./runner/index.js";
import {readRecord, removeRecord, writeRecord} from "./running.js";
import type {SeedApp} from "./seed/types.js";
import {seedChanges} from "./seeding.js";
import {Schedules} from "./schedules.js";
import {createServer} from "./server.js";
import {UrlSigner} from "./signed-url.js";
import {drop, State} from "./state.js";

/** Where the platform keeps its state, its first content, and its limits. */
export interface PlatformOptions {
  /** The folder that holds everything; made where it doesn't exist. */
  data: string;
  /** The port on 127.0.0.1; 0, the default, takes a free one. */
  port?: number;
  /** What a new folder begins with. An old one keeps what it has. */
  seed?: SeedApp[] | (() => Promise<SeedApp[]>);
  /** Gets a line for each call that was answered. */
  log?: (line: string) => void;
  /** Whether flows can run Python. It runs with your rights on this machine. */
  allowPython?: boolean;
  /** Megabytes that a run of a flow may hold in memory, 1024 by default: beyond it, data spills to the disk, and what can't fails. */
  memory?: number;
  /** Seconds that a run of a flow may take, 600 by default. */
  timeLimit?: number;
  /** The time zone of schedules' crons, by its IANA name, such as "Europe/Paris"; this machine's by default. */
  timeZone?: string;
  /** Runs flows in place of the engine. */
  runFlow?: RunFlow;
  /** Faults for tests. If this is given, even empty, `POST /_local/faults` can change the faults. */
  faults?: FaultPlan;
}

/** A running platform: the values that a client needs, and `close`. */
export interface RunningPlatform {
  /** Where it answers, such as `http://127.0.0.1:4200`. */
  baseUrl: string;
  /** The account that owns what it was seeded with. */
  userEmail: string;
  /** That account's key. */
  apiKey: string;
  /** Adds a user and returns their key. */
  addUser: (email: string) => Promise<{userEmail: string; apiKey: string}>;
  /** Answers the requests that have arrived, records unfinished work, and frees the folder. */
  close: () => Promise<void>;
}

/** Uploads that nobody completed for so many milliseconds are given up. */
const uploadLifetime = 24 * 3_600_000;

/**
 * Starts a platform on a folder of its own. Throws where another one uses the folder, where its files are damaged
 * (nothing is changed then), and where the port is taken.
 */
export async function startPlatform(options: PlatformOptions): Promise<RunningPlatform> {
  const {port = 0, log, timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone} = options;
  checkTimeZone(timeZone);
  const folder = await openFolder(options.data);
  const closers: (() => unknown)[] = [folder.release];
  const close = async () => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const accounts = await Accounts.open(folder.account);
    const objects = new ObjectStore(folder.objects);
    const parts = new Parts(folder.uploads);
    if (!(await exists(folder.journal))) await seed(options.seed ?? [], folder, accounts.first, objects);
    const state = await State.open(folder.journal);
    closers.push(() => state.close());
    await tidy(state, objects, parts);

    let baseUrl = "";
    const signer = new UrlSigner(accounts.secret, () => baseUrl);
    const ingestion = new Ingestion(state, objects, parts, folder.duckdb);
    closers.push(() => ingestion.close());
    const {allowPython = false, memory = 1024, timeLimit = 600} = options;
    const processes = new FlowProcesses({allowPython, memory, timeLimit});
    closers.push(() => processes.close());
    const runs = new FlowRuns(state, objects, folder.runs, options.runFlow ?? processes.runFlow);
    closers.push(() => runs.close());
    await runs.recover();
    const server = await createServer({state, objects, parts, signer, ingestion, runs}, accounts, {
      log,
      faults: options.faults && new Faults(options.faults)
    });
    closers.push(() => closeServer(server));
    await listen(server, port);
    baseUrl = `http://127.0.0.1:${(server.server.address() as {port: number}).port}`;
    ingestion.resume();
    const schedules = new Schedules(state, runs, timeZone);
    closers.push(() => schedules.close());
    schedules.open();
    closers.push(() => removeRecord(folder.path));
    await writeRecord(folder.path, baseUrl);

    const {email: userEmail, apiKey} = accounts.first;
    const addUser = async (email: string) => {
      const user = await accounts.add(email.toLowerCase());
      return {userEmail: user.email, apiKey: user.apiKey};
    };
    return {baseUrl, userEmail, apiKey, addUser, close};
  } catch (error) {
    await close();
    throw error;
  }
}

/** How to call the platform that another process runs on the folder; undefined where none does, or it doesn't answer yet. */
export async function runningPlatform(
  data: string
): Promise<Pick<RunningPlatform, "baseUrl" | "userEmail" | "apiKey"> | undefined> {
  const record = await readRecord(data);
  if (!record) return undefined;
  const {email: userEmail, apiKey} = (await Accounts.open(accountFile(data))).first;
  return {baseUrl: record.baseUrl, userEmail, apiKey};
}

/** Throws an Error for what would keep a platform from starting, whatever its folder has. */
export async function checkStart({
  port = 0,
  timeZone,
  faults
}: Pick<PlatformOptions, "port" | "timeZone" | "faults">): Promise<void> {
  if (timeZone !== undefined) checkTimeZone(timeZone);
  if (faults) new Faults(faults);
  const server = Fastify();
  await listen(server, port);
  await server.close();
}

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat("en", {timeZone});
  } catch {
    throw new Error(`There is no time zone "${timeZone}": give an IANA name, such as "Europe/Paris".`);
  }
}

/** Milliseconds that clients get to take what they asked for when the platform stops. */
const grace = 3000;

/** Stops listening, and closes each connection when its last answer is out, or at the end of the grace. */
async function closeServer(server: FastifyInstance): Promise<void> {
  const idle = setInterval(() => server.server.closeIdleConnections(), 50);
  const late = setTimeout(() => server.server.closeAllConnections(), grace);
  try {
    await server.close();
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}

async function listen(server: FastifyInstance, port: number): Promise<void> {
  await server.listen({host: "127.0.0.1", port}).catch((error: unknown) => {
    if (hasCode(error, "EADDRINUSE")) {
      throw new Error(`Port ${port} of 127.0.0.1 is taken. Choose another one, or 0 for any that is free.`);
    }
    throw error;
  });
}

/** Fills a new folder. Only the journal makes it one that isn't new, so a seeding that is cut short starts again. */
async function seed(
  seeds: NonNullable<PlatformOptions["seed"]>,
  folder: Folder,
  owner: Account,
  objects: ObjectStore
): Promise<void> {
  await objects.sweep(new Set());
  const apps = typeof seeds === "function" ? await seeds() : seeds;
  await State.create(folder.journal, await seedChanges(apps, owner.email, objects, folder.duckdb));
}

/** Removes what a killed platform left behind: abandoned uploads, and bytes that nothing refers to. */
async function tidy(state: State, objects: ObjectStore, parts: Parts): Promise<void> {
  const {uploads, datasets} = state.tables;
  const abandoned = [...uploads.values()].filter(
    (upload) => !upload.etags && upload.createdAt < Date.now() - uploadLifetime
  );
  if (abandoned.length > 0) await state.commit(...abandoned.map((upload) => drop("uploads", upload.id)));
  await parts.sweep(new Set(uploads.keys()));
  await objects.sweep(new Set([...datasets.values()].map((dataset) => dataset.objectId)));
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false
  );
