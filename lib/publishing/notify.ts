// Tells people of publications that fail, that work again, and of new editions: by a program or a webhook.
import {spawn} from "node:child_process";
import {fetch} from "undici";
import {environmentVariable} from "../config/credentials.js";
import type {CheckedNotify} from "../config/index.js";

export type Occasion = CheckedNotify["on"][number];

/** A picture that goes along. */
export interface Picture {
  /** Of the file, such as `index.png`. */
  name: string;
  type: "image/png";
  base64: string;
}

/** What a program gets as JSON on standard input, and a webhook as the body of a POST. */
export interface Message {
  /** The first of `events`, of which one publication can have several: what fails or works again comes before a new edition. */
  event: Occasion;
  /** All that the entry wants to know of. */
  events: Occasion[];
  /** All of it in a few lines, which chats that know webhooks show. */
  text: string;
  /** The name of the project's folder. */
  project: string;
  /** When it happened, in UTC. */
  at: string;
  /** The id of the edition in place; null where there is none. */
  edition: string | null;
  /** Files that were pulled. */
  pulled: string[];
  /** Why it isn't fresh: a sentence for each source or problem. */
  problems: string[];
  seconds: number;
  pictures: Picture[];
}

/** The outcome of a publication, for each entry's message. */
export type Told = Omit<Message, "event" | "events" | "text" | "pictures">;

export interface NotifyOptions {
  root: string;
  entries: readonly CheckedNotify[];
  /** Draws the pictures that an entry wants. */
  draw: (wanted: CheckedNotify["pictures"]) => Promise<Picture[]>;
  warn: (message: string) => void;
  env?: NodeJS.ProcessEnv;
}

/** Milliseconds that a program and a webhook get. */
const limits = {command: 60_000, webhook: 15_000};

/** Tells everybody who wants to know of it, in one message each. What can't be told is warned of: the publication is what it is. */
export async function notify(
  occasions: readonly Occasion[],
  told: Told,
  {root, entries, draw, warn, env = process.env}: NotifyOptions
): Promise<void> {
  await Promise.all(
    entries.map(async (entry, i) => {
      const events = order.filter((event) => occasions.includes(event) && entry.on.includes(event));
      const [event] = events;
      if (event === undefined) return;
      try {
        const pictures = entry.pictures.length > 0 ? await drawn(entry.pictures, draw, warn) : [];
        const message: Message = {event, events, text: textOf(events, told), ...told, pictures};
        const body = JSON.stringify(message);
        if ("command" in entry) await runCommand(entry.command, body, root, env);
        else await post(await addressOf(entry, root, env), body);
      } catch (error) {
        warn(`notify[${i}] of ikigai.config.ts: ${(error as Error).message}`);
      }
    })
  );
}

async function drawn(
  wanted: CheckedNotify["pictures"],
  draw: NotifyOptions["draw"],
  warn: NotifyOptions["warn"]
): Promise<Picture[]> {
  try {
    return await draw(wanted);
  } catch (error) {
    warn(`the message goes without its pictures: ${(error as Error).message}`);
    return [];
  }
}

async function addressOf(
  entry: {webhook: string} | {webhookVariable: string},
  root: string,
  env: NodeJS.ProcessEnv
): Promise<string> {
  if ("webhook" in entry) return entry.webhook;
  const address = await environmentVariable(entry.webhookVariable, root, env);
  if (address === undefined || !URL.canParse(address))
    throw new Error(`${entry.webhookVariable} is not set to an address, in the environment or .env`);
  return address;
}

/** An address may be a secret: errors name its host alone, and no cause. */
async function post(address: string, body: string): Promise<void> {
  const {host} = new URL(address);
  const headers = {"content-type": "application/json"};
  const signal = AbortSignal.timeout(limits.webhook);
  const answer = await fetch(address, {method: "POST", headers, body, signal}).catch((error: Error) => error);
  if (answer instanceof Error) {
    const late = `didn't answer within ${limits.webhook / 1000} s`;
    throw new Error(`${host} ${answer.name === "TimeoutError" ? late : "can't be reached"}`);
  }
  await answer.body?.cancel();
  if (answer.status >= 300) throw new Error(`${host} answered ${answer.status}`);
}

/** What signs in to Ikigai and to the gateway is no business of the program. */
const secrets = new Set(["IKIGAI_API_KEY", "IKIGAI_GATEWAY_TOKEN"]);

function runCommand(
  [program, ...args]: string[],
  input: string,
  root: string,
  env: NodeJS.ProcessEnv
): Promise<void> {
  return new Promise((resolve, reject) => {
    const own = Object.fromEntries(Object.entries(env).filter(([name]) => !secrets.has(name)));
    // In a group of its own, so that what it has started ends with it.
    const child = spawn(program!, args, {
      cwd: root,
      env: own,
      stdio: ["pipe", "ignore", "inherit"],
      detached: true
    });
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      process.kill(-child.pid!, "SIGKILL");
    }, limits.command);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(new Error(`${program} can't be started: ${error.message}`));
    });
    child.once("close", (code, by) => {
      clearTimeout(timer);
      if (isLate)
        reject(new Error(`${program} didn't end within ${limits.command / 1000} s and was stopped`));
      else if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${code ?? by}`));
    });
    child.stdin.on("error", () => {}); // it may end without reading
    child.stdin.end(input);
  });
}

const order: readonly Occasion[] = ["failure", "recovery", "edition"];

/** A chat shows no more of a message. */
const longest = 700;

/** All of it in a few lines. */
const textOf = (events: readonly Occasion[], told: Told): string =>
  [
    ...events.map((event, i) => `${i === 0 ? `${told.project}: ` : ""}${headline(event, told)}`),
    ...told.problems.map((problem) => `• ${shortened(problem)}`)
  ].join("\n");

function headline(event: Occasion, {edition}: Told): string {
  switch (event) {
    case "failure":
      return "the report could not be brought up to date";
    case "recovery":
      return "the report is up to date again";
    case "edition":
      return `there is a new edition of the report, ${edition}`;
  }
}

const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
