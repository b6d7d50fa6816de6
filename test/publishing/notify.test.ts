// People are told by a program or a webhook, and what can't be told never stops a publication.
import {createServer, type Server} from "node:http";
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {text} from "node:stream/consumers";
import {afterAll, afterEach, beforeAll, expect, it} from "vitest";
import {checkConfig} from "../../lib/config/index.js";
import {notify, type Occasion, type Picture} from "../../lib/publishing/notify.js";

let root: string;
let server: Server;
let address: string;
let status = 200;
const bodies: string[] = [];
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "ikigai-notify-"));
  server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/secret-part`;
});
afterEach(() => {
  status = 200;
  bodies.length = 0;
});
afterAll(async () => {
  server.close();
  await rm(root, {recursive: true});
});

const became = {
  project: "report",
  at: "2026-01-01T06:00:00.000Z",
  edition: null,
  pulled: [],
  problems: ["a: gone"],
  seconds: 1.5
};
const message = {
  event: "failure",
  events: ["failure"],
  text: "report: the report could not be brought up to date\n• a: gone",
  ...became
};
const picture: Picture = {name: "index.png", type: "image/png", base64: "AA=="};

/** Tells by these entries of the config, and returns the warnings. */
async function told(
  entries: object[],
  env: NodeJS.ProcessEnv = {},
  draw = () => Promise.resolve([picture]),
  occasions: Occasion[] = ["failure"]
) {
  const warnings: string[] = [];
  const {notify: checked} = checkConfig({app: "A", notify: entries});
  await notify(occasions, became, {
    root,
    entries: checked,
    draw,
    warn: (warning) => warnings.push(warning),
    env: {PATH: process.env.PATH, ...env}
  });
  return warnings;
}

const node = (program: string) => [process.execPath, "-e", program];
const save = node(
  `require("fs").writeFileSync("told.json", require("fs").readFileSync(0)); require("fs").writeFileSync("env.json", JSON.stringify(process.env))`
);

it("a program gets the message on standard input, in the project's folder, and no key", async () => {
  const env = {IKIGAI_API_KEY: "k-1", IKIGAI_GATEWAY_TOKEN: "t-1", OTHER: "o"};
  expect(await told([{command: save}], env)).toEqual([]);
  expect(JSON.parse(await readFile(join(root, "told.json"), "utf8"))).toEqual({...message, pictures: []});
  const seen = JSON.parse(await readFile(join(root, "env.json"), "utf8")) as Record<string, string>;
  expect(seen).toMatchObject({OTHER: "o"});
  expect(Object.keys(seen)).not.toContain("IKIGAI_API_KEY");
  expect(Object.keys(seen)).not.toContain("IKIGAI_GATEWAY_TOKEN");
});

it("a webhook gets it as a POST, with the pictures that it wants", async () => {
  expect(await told([{webhook: address, pictures: [{page: "index"}]}])).toEqual([]);
  expect(JSON.parse(bodies[0]!)).toEqual({...message, pictures: [picture]});
});

it("whose address stands in the environment or .env", async () => {
  expect(await told([{webhookVariable: "HOOK"}], {HOOK: address})).toEqual([]);
  await writeFile(join(root, ".env"), `HOOK=${address}\n`);
  expect(await told([{webhookVariable: "HOOK"}])).toEqual([]);
  expect(bodies).toHaveLength(2);
});

it("isn't told of what the entry doesn't name", async () => {
  expect(await told([{webhook: address, on: ["edition"]}])).toEqual([]);
  expect(bodies).toEqual([]);
});

it("goes without pictures that can't be drawn", async () => {
  const draw = () => Promise.reject(new Error("page index has no chart"));
  expect(await told([{webhook: address, pictures: [{page: "index"}]}], {}, draw)).toEqual([
    "the message goes without its pictures: page index has no chart"
  ]);
  expect(bodies).toHaveLength(1);
});

it("says what can't be told, without the address, and tells the others", async () => {
  status = 500;
  const warnings = await told([
    {webhook: address},
    {webhook: "http://127.0.0.1:1/secret-part"},
    {webhookVariable: "NO_SUCH"},
    {command: ["no-such-program-here"]},
    {command: node("process.exit(3)")},
    {command: save}
  ]);
  const {host} = new URL(address);
  expect(warnings.sort()).toEqual([
    `notify[0] of ikigai.config.ts: ${host} answered 500`,
    "notify[1] of ikigai.config.ts: 127.0.0.1:1 can't be reached",
    "notify[2] of ikigai.config.ts: NO_SUCH is not set to an address, in the environment or .env",
    expect.stringMatching(/^notify\[3\] of ikigai\.config\.ts: no-such-program-here can't be started/),
    `notify[4] of ikigai.config.ts: ${process.execPath} ended with 3`
  ]);
  expect(warnings.join()).not.toContain("secret-part");
  expect(JSON.parse(await readFile(join(root, "told.json"), "utf8"))).toMatchObject({
    event: "failure"
  });
});

it("is one message where several things happened at once, and tells of those that the entry names", async () => {
  const draw = () => Promise.resolve([]);
  const all = {webhook: address, on: ["edition", "recovery", "failure"]};
  expect(await told([all, {webhook: address}], {}, draw, ["edition", "recovery"])).toEqual([]);
  const sent = bodies.map((body) => JSON.parse(body) as Record<string, unknown>);
  expect(sent).toHaveLength(2);
  const both = sent.find(({events}) => (events as unknown[]).length === 2);
  expect(both).toMatchObject({
    event: "recovery",
    events: ["recovery", "edition"],
    text: "report: the report is up to date again\nthere is a new edition of the report, null\n• a: gone"
  });
  expect(sent.find((one) => one !== both)).toMatchObject({event: "recovery", events: ["recovery"]});
});
