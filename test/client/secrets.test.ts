// The key is sent to the platform, and appears nowhere else; nor does the signature of a download's URL.
import {mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {inspect} from "node:util";
import {expect, it, onTestFinished} from "vitest";
import {Ikigai} from "../../lib/client/index.js";
import {cut, drop, hang, json, scriptedServer, text, type Step} from "./scripted-server.js";

// Characters that every encoding writes otherwise.
const key = "MARKED-0123\"<&'>\\/+%=~?6789-KEY";
const signature = "MARKED-SIGNATURE";
const record = {project_id: "p1", name: "x", owner: "", description: "", created_at: "1", modified_at: "1"};
const dataset = {...record, dataset_id: "d1", filename: "", file_extension: "", data_types: {}, size: 9};

/** Everything that a person or a log could see of a value. */
const seen = (value: unknown) =>
  [
    inspect(value, {depth: Infinity, showHidden: true, getters: true}),
    JSON.stringify(value),
    String(value),
    (value as Error | undefined)?.stack
  ].join("\n");

/** The key as somebody could read it out of a text. */
const encodings: Record<string, (text: string) => string> = {
  plain: (text) => text,
  "a URL's": encodeURIComponent,
  "a query's": (text) => new URLSearchParams({text}).toString(),
  "all of a URL's bytes": (text) => Buffer.from(text).toString("hex").replace(/../g, "%$&"),
  JSON: (text) => JSON.stringify(text),
  HTML: (text) =>
    text.replace(/[&<>"']/g, (c) => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})[c] ?? "&#39;"),
  hexadecimal: (text) => Buffer.from(text).toString("hex"),
  "hexadecimal in capitals": (text) => Buffer.from(text).toString("hex").toUpperCase(),
  base64: (text) => Buffer.from(text).toString("base64"),
  "base64 after one byte": (text) => Buffer.from(`:${text}:`).toString("base64"),
  "base64 after two bytes": (text) => Buffer.from(`b:${text}`).toString("base64"),
  "base64 of a URL": (text) => Buffer.from(text).toString("base64url")
};

/** Parts of the key that no other text has, in each encoding, cut so that no neighbor changes them. */
const marks = Object.values(encodings).map((encode) => encode(key).slice(8, -8));

const expectNoSecret = (value: unknown) => {
  for (const mark of marks) expect(seen(value)).not.toContain(mark);
  expect(seen(value)).not.toContain(signature);
};

const clientOf = (baseUrl: string) =>
  new Ikigai({
    userEmail: "bob@example.com",
    apiKey: key,
    baseUrl,
    retry: 0,
    timeout: 2000,
    onWarning: () => {}
  });

it("isn't shown by the client or by what comes of it", async () => {
  const {baseUrl} = await scriptedServer((request, response) => {
    const answer = request.url!.includes("get-dataset") ? {dataset} : {project: record};
    json(answer)(request, response);
  });
  const client = clientOf(baseUrl);
  const app = await client.apps.byId("p1");
  for (const value of [client, client.apps, app, app.datasets, await app.datasets.byId("d1")]) {
    expectNoSecret(value);
  }
});

const echo: Step = (request, response) => {
  response.writeHead(502).end(`<pre>${JSON.stringify(request.headers)}</pre>`);
};
const echoAsMessage: Step = (request, response) =>
  json({message: `who is ${request.headers["api-key"] as string}?`}, 401)(request, response);
const echoAsAnswer: Step = (request, response) =>
  json({project: request.headers["api-key"]})(request, response);

it.each<[string, Step]>([
  ["a proxy that shows what it was sent", echo],
  ["a refusal that repeats it", echoAsMessage],
  ["a wrong answer with it", echoAsAnswer],
  ["an answer that isn't JSON", text(`<p>${key}`)],
  ["a broken connection", drop],
  ["a cut answer", cut(key, 500)],
  ["no answer", hang]
])("isn't in the error for %s", async (_, step) => {
  const {baseUrl} = await scriptedServer(step);
  const error: unknown = await clientOf(baseUrl)
    .apps.byId("p1")
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expectNoSecret(error);
});

it.each(Object.entries(encodings))("isn't in an error that repeats it as %s", async (_, encode) => {
  const repeated = encode(key);
  const answers: Step[] = [
    text(`<p>${repeated}</p>`, 502),
    text(repeated, 403),
    text(repeated),
    json({message: repeated}, 400),
    json({project: repeated}),
    json({project: {...record, owner: 3, [repeated]: repeated}}),
    (request) => request.socket.end(`HTTP/1.1 200 OK\r\n${repeated}\0\r\n\r\n`),
    (request) => request.socket.end(`${repeated}\r\n\r\n`)
  ];
  for (const answer of answers) {
    const {baseUrl} = await scriptedServer(answer);
    const error: unknown = await clientOf(baseUrl)
      .apps.byId("p1")
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expectNoSecret(error);
    expect(error).toMatchObject({call: "GET /component/get-project"});
  }
});

it.each(Object.entries(encodings))("isn't in a warning that repeats it as %s", async (_, encode) => {
  const warnings: string[] = [];
  const {baseUrl} = await scriptedServer(json({projects: [], limit_warning: `cut ${encode(key)}`}));
  const options = {userEmail: "bob@example.com", apiKey: key, baseUrl};
  await new Ikigai({...options, onWarning: (warning) => warnings.push(warning)}).apps.list();
  expect(warnings).toHaveLength(1);
  expectNoSecret(warnings);
});

it.each([
  [{apiKey: `${key}\n`}],
  [{apiKey: key, userEmail: "bob"}],
  [{apiKey: key, baseUrl: `ftp://${encodeURIComponent(key)}@x`}]
])("isn't in the error for wrong options", (options) => {
  let error: unknown;
  try {
    new Ikigai({userEmail: "bob@example.com", ...options});
  } catch (reason) {
    error = reason;
  }
  expect(error).toBeInstanceOf(Error);
  expectNoSecret(error);
});

it.each<[string, Step]>([
  ["refused", text("<Error><Message>Request has expired</Message></Error>", 403)],
  ["broken", drop],
  ["cut", cut("a,b\n", 500)],
  ["stalled", hang]
])("nor is a URL's signature in the error for a download that was %s", async (_, store) => {
  const {baseUrl} = await scriptedServer((request, response) => {
    if (request.url!.startsWith("/store")) return store(request, response);
    const url = `http://${request.headers.host}/store?Signature=${signature}`;
    const answer = request.url!.includes("download-url")
      ? {status: "SUCCESS", url}
      : {dataset, project: record};
    json(answer)(request, response);
  });
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
  onTestFinished(() => rm(folder, {recursive: true}));
  const found = await (await clientOf(baseUrl).apps.byId("p1")).datasets.byId("d1");
  const error: unknown = await found.download(join(folder, "x.csv")).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expectNoSecret(error);
  expect(await readdir(folder)).toEqual([]);
});
