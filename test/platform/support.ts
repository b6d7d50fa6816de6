// A platform of a test's own, and the calls that most tests make of one.
import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {onTestFinished} from "vitest";
import {startPlatform, type PlatformOptions, type RunningPlatform} from "../../lib/platform/index.js";

export type Json = Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

export interface Answer {
  status: number;
  body: Json;
}

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-platform-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  return folder;
}

/** What one user can ask of a platform. */
export class Caller {
  constructor(
    readonly baseUrl: string,
    readonly headers: Record<string, string>
  ) {}

  async ask(method: "GET" | "POST", path: string, input: Json = {}): Promise<Answer> {
    const url = new URL(path, this.baseUrl);
    if (method === "GET")
      for (const [key, value] of Object.entries(input)) url.searchParams.set(key, String(value));
    const response = await fetch(url, {
      method,
      headers: {...this.headers, ...(method === "POST" ? {"content-type": "application/json"} : {})},
      body: method === "POST" ? JSON.stringify(input) : null
    });
    return {status: response.status, body: (await response.json()) as Json};
  }

  /** The answer's body, which must be a success. */
  async get(call: string, query: Json = {}): Promise<Json> {
    return succeeded(call, await this.ask("GET", pathOf(call), query));
  }

  async post(call: string, body: Json): Promise<Json> {
    return succeeded(call, await this.ask("POST", pathOf(call), body));
  }

  /** The id that a creating call answers. */
  async create(call: string, body: Json): Promise<string> {
    return Object.values(await this.post(call, body))[0] as string;
  }

  /** The status and message of a call that must be refused. */
  async refusal(method: "GET" | "POST", call: string, input: Json = {}): Promise<[number, string]> {
    const {status, body} = await this.ask(method, pathOf(call), input);
    if (status < 400) throw new Error(`${call} was not refused: ${JSON.stringify(body)}`);
    return [status, body.message as string];
  }

  async createApp(name = "Demand"): Promise<string> {
    return this.create("create-project", {project: {name, description: "", directory: {}}});
  }

  async createDataset(appId: string, name = "Sales"): Promise<string> {
    const dataset = {project_id: appId, name, directory: {}};
    return this.create("create-dataset", {dataset});
  }

  async getDataset(appId: string, datasetId: string): Promise<Json> {
    return (await this.get("get-dataset", {project_id: appId, dataset_id: datasetId})).dataset as Json;
  }

  /** Uploads as the Python client does, up to the status that confirms it. */
  async upload(
    appId: string,
    datasetId: string,
    csv: string | Buffer,
    filename = "Sales.csv"
  ): Promise<string> {
    const data = Buffer.from(csv);
    const ids = {project_id: appId, dataset_id: datasetId};
    const upload = await this.get("get-dataset-multipart-upload-urls", {
      ...ids,
      filename,
      file_size: data.length
    });
    const etags = await putParts(upload, data);
    await this.complete(ids, filename, upload.upload_id as string, etags);
    await this.get("verify-dataset-upload", {...ids, filename});
    return this.confirmed(ids);
  }

  async complete(ids: Json, filename: string, upload_id: string, etags: Json): Promise<void> {
    const dataset = {...ids, filename};
    await this.post("complete-dataset-multipart-upload", {abort: false, dataset, upload_id, etags});
  }

  /** The first status but RUNNING. */
  async confirmed(ids: Json): Promise<string> {
    for (;;) {
      const {status} = await this.get("confirm-dataset-upload", ids);
      if (status !== "RUNNING") return status as string;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  async downloadUrl(appId: string, datasetId: string): Promise<string> {
    const answer = await this.get("get-dataset-download-url", {project_id: appId, dataset_id: datasetId});
    if (answer.status !== "SUCCESS") throw new Error(`The download is ${answer.status}`);
    return answer.url as string;
  }

  async download(appId: string, datasetId: string): Promise<string> {
    return (await fetch(await this.downloadUrl(appId, datasetId))).text();
  }
}

const pathOf = (call: string) => (call.startsWith("/") ? call : `/component/${call}`);

function succeeded(call: string, {status, body}: Answer): Json {
  if (status !== 200) throw new Error(`${call} answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** PUTs the data in as many equal chunks as there are URLs, and returns their ETags. */
export async function putParts(upload: Json, data: Buffer): Promise<Record<string, string>> {
  const urls = Object.entries(upload.urls as Record<string, string>).sort(
    ([a], [b]) => Number(a) - Number(b)
  );
  const size = Math.ceil(data.length / urls.length);
  const etags: Record<string, string> = {};
  for (const [i, [number, url]] of urls.entries()) {
    const body = new Uint8Array(data.subarray(i * size, (i + 1) * size));
    const headers = {"content-type": upload.content_type as string, "cache-control": "no-cache"};
    const response = await fetch(url, {method: "PUT", headers, body});
    if (response.status !== 200)
      throw new Error(`Part ${number}: ${response.status} ${await response.text()}`);
    etags[number] = response.headers.get("etag")!;
  }
  return etags;
}

export const callerOf = ({baseUrl}: RunningPlatform, user: {userEmail: string; apiKey: string}) =>
  new Caller(baseUrl, {user: user.userEmail, "api-key": user.apiKey});

/** Starts a platform that ends with the test, and its first user. */
export async function platform(
  options: Partial<PlatformOptions> = {}
): Promise<{platform: RunningPlatform; data: string; owner: Caller}> {
  const data = options.data ?? (await temporaryFolder());
  const running = await startPlatform({...options, data});
  onTestFinished(() => running.close());
  return {platform: running, data, owner: callerOf(running, running)};
}
