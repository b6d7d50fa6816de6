// Gateways in front of small sites, and requests to them exactly as written: fetch would normalize a path, and set headers itself.
import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {request, type IncomingHttpHeaders} from "node:http";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {onTestFinished} from "vitest";
import {Ikigai} from "../../lib/client/index.js";
import {checkConfig, type Config} from "../../lib/config/index.js";
import {startGateway, type Gateway, type GatewayOptions} from "../../lib/gateway/index.js";

/** A folder that goes when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-gateway-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  return folder;
}

/** Writes a site's files into a folder. */
export async function write(folder: string, files: Record<string, string | Uint8Array>): Promise<string> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), {recursive: true});
    await writeFile(join(folder, name), content);
  }
  return folder;
}

const front = {
  "index.html":
    '<!DOCTYPE html>\n<html>\n<head>\n<link rel="icon" href="data:,"><title>T</title></head><h1>Overview</h1></html>'
};

export interface Started extends Gateway {
  log: string[];
  state: string;
}

/** Starts a gateway that ends with the test. By default it serves a front page and knows a platform that nobody asks. */
export async function start(
  options: Omit<Partial<GatewayOptions>, "config"> & {config?: Partial<Config>} = {}
): Promise<Started> {
  const log: string[] = [];
  const state = options.state ?? (await temporaryFolder());
  const gateway = await startGateway({
    client: new Ikigai({userEmail: "ann@example.com", apiKey: "k".repeat(20), baseUrl: "http://127.0.0.1:9"}),
    log: (line) => log.push(line),
    ...options,
    site: options.site ?? {folder: await write(join(state, "built"), front)},
    config: checkConfig({app: "Shop", ...options.config}),
    state: join(state, "state")
  });
  onTestFinished(() => gateway.close());
  return {...gateway, log, state};
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Asked {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string;
  /** The address that the request comes from, of this machine's. */
  from?: string;
}

/** Sends a request as it stands, its path unchanged. */
export const ask = (url: string, path: string, {method = "GET", headers = {}, body, from}: Asked = {}) =>
  new Promise<Answer>((resolve, reject) => {
    const options = {path, method, headers, agent: false as const, ...(from && {localAddress: from})};
    request(url, options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () =>
        resolve({status: response.statusCode!, headers: response.headers, body: text})
      );
      response.on("error", reject);
    })
      .on("error", reject)
      .end(body);
  });

/** What a page's request carries to change something. */
export const fromPage = (url: string) => ({
  origin: url,
  "sec-fetch-site": "same-origin",
  "x-ikigai-kit": "1",
  "content-type": "application/json"
});

/** The refusal's code. */
export const code = ({body}: Answer) => (JSON.parse(body) as {error: {code: string}}).error.code;
