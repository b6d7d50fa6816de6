// The viewers: each holds the stream of events open, looks at the page with all its files, starts the flow, and saves and deletes flows.
import {createHash, randomUUID} from "node:crypto";
import {setTimeout as sleep} from "node:timers/promises";
import {
  idempotencyHeader,
  pageHeader,
  type FlowInfo,
  type Refusal,
  type Run
} from "../../lib/gateway-api/index.js";
import {savedDefinition, userHeader} from "./orders.js";
import type {Press, Records} from "./records.js";

/** Milliseconds that a viewer thinks at most between two deeds, and for which a request is sent again that nobody answers. */
const thinking = 8_000;
const patience = 30_000;

export interface ViewerOptions {
  url: string;
  name: string;
  random: () => number;
  records: Records;
  /** Aborts when the viewer leaves. What it has asked for is still waited for. */
  signal: AbortSignal;
}

/** Resolves when the viewer has left. */
export async function view(options: ViewerOptions): Promise<void> {
  const {random, signal} = options;
  const stream = listen(options);
  while (!signal.aborted) {
    await sleep(random() * thinking, undefined, {signal}).catch(() => undefined);
    if (signal.aborted) break;
    const deed = random();
    if (deed < 0.9) await lookAtPage(options);
    else if (deed < 0.96) await press(options);
    else if (deed < 0.985) await save(options);
    else await remove(options);
  }
  await stream;
}

/** Keeps a stream of events open, as a page does. */
async function listen({url, name, records, signal}: ViewerOptions): Promise<void> {
  while (!signal.aborted) {
    try {
      const {body, status} = await fetch(`${url}/api/events`, {headers: {[userHeader]: name}, signal});
      if (status !== 200) throw new Error(String(status));
      records.count("event streams");
      const decoder = new TextDecoder();
      for await (const chunk of body!)
        records.count("events", decoder.decode(chunk).split("\nevent: ").length - 1);
    } catch {
      // Cut: again, as a page does.
    }
    await sleep(1_000, undefined, {signal}).catch(() => undefined);
  }
}

/** The page, and every file that it names: all must be there, with what was hashed into their names. */
async function lookAtPage({url, name, records}: ViewerOptions): Promise<void> {
  const headers = {[userHeader]: name, accept: "text/html"};
  const page = await gotten(`${url}/`, headers);
  if (!page) return records.count("pages not answered");
  if (page.status !== 200) return void records.problems.add(`the page was answered with ${page.status}`);
  const paths = new Set(
    [..."".concat(page.bytes.toString()).matchAll(/"\.\/(_file\/[^"]+)"/g)].map(([, path]) => path!)
  );
  if (paths.size === 0) return void records.problems.add("the page names no file");
  for (const path of paths) {
    const file = await gotten(`${url}/${path}`, headers);
    if (!file) return records.count("pages not answered");
    const hash = /\.([0-9a-f]{8})\.\w+$/.exec(path)?.[1];
    if (file.status !== 200)
      records.problems.add(`${path}, which a page names, was answered with ${file.status}`);
    else if (
      !createHash("sha256")
        .update(file.bytes)
        .digest("hex")
        .startsWith(hash ?? "none")
    )
      records.problems.add(`${path} isn't what its name says`);
  }
  records.count("pages");
}

/** Undefined where the connection broke. */
async function gotten(url: string, headers: Record<string, string>) {
  try {
    const answer = await fetch(url, {headers});
    return {status: answer.status, bytes: Buffer.from(await answer.arrayBuffer())};
  } catch {
    return undefined;
  }
}

/** Starts the flow. */
export async function press({
  url,
  name,
  records
}: Pick<ViewerOptions, "url" | "name" | "records">): Promise<Press> {
  const [mark, key] = [randomUUID(), randomUUID()];
  const press: Press = {mark, viewer: name};
  records.presses.push(press);
  const answer = await asked<Run>(`${url}/api/flows/orders/runs`, name, {
    headers: {[idempotencyHeader]: key},
    body: {variables: {mark}}
  });
  if (answer?.accepted) press.run = answer.body.id;
  else if (answer) [press.run, press.refusal] = [null, answer.body.error.message];
  records.count(
    answer === undefined
      ? "presses not answered"
      : press.run === null
        ? "presses refused"
        : "presses accepted"
  );
  return press;
}

async function save({url, name, records}: ViewerOptions): Promise<void> {
  const flow = `What if ${randomUUID()}`;
  const body = {name: flow, definition: savedDefinition};
  const answer = await asked<FlowInfo>(`${url}/api/apps/Shop/flows`, name, {body, once: true});
  if (answer?.accepted) records.saves.push({key: answer.body.key, name: flow, viewer: name, deleted: false});
  records.count(answer?.accepted ? "flows saved" : "saves refused");
}

async function remove({url, name, records}: ViewerOptions): Promise<void> {
  const own = records.saves.find(({viewer, deleted}) => viewer === name && deleted === false);
  if (!own) return;
  own.deleted = undefined;
  const path = `${url}/api/flows/${encodeURIComponent(own.key)}`;
  const answer = await asked(path, name, {method: "DELETE", once: true});
  // What was refused may be done by half: only an answer says that it is gone.
  if (answer?.accepted) own.deleted = true;
  records.count(answer?.accepted ? "flows deleted" : "deletes refused");
}

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: object;
  /** Whether it is sent once only, whatever becomes of it. */
  once?: boolean;
}

type Answer<T> = {accepted: true; body: T} | {accepted: false; body: Refusal};

/** Sends a request until it is answered; undefined where it never is. */
async function asked<T>(
  url: string,
  viewer: string,
  {method = "POST", headers, body, once}: Asked
): Promise<Answer<T> | undefined> {
  const end = performance.now() + patience;
  do {
    try {
      const answer = await fetch(url, {
        method,
        headers: {
          ...headers,
          ...(body && {"content-type": "application/json"}),
          [userHeader]: viewer,
          [pageHeader]: "1",
          origin: new URL(url).origin
        },
        body: body && JSON.stringify(body)
      });
      const said: unknown = await answer.json();
      return answer.ok ? {accepted: true, body: said as T} : {accepted: false, body: said as Refusal};
    } catch {
      await sleep(500);
    }
  } while (!once && performance.now() < end);
  return undefined;
}
