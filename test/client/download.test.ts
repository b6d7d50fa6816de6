// Downloads over connections that break, URLs that expire, data that changes and disks that are full.
import {execFile} from "node:child_process";
import {mkdtemp, readdir, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import {gzipSync} from "node:zlib";
import {describe, expect, it, onTestFinished} from "vitest";
import {withDuckDB} from "../../lib/tabular/duckdb.js";
import {DownloadError, Ikigai, TimeoutError, type Dataset, type Progress} from "../../lib/client/index.js";
import {
  cut,
  drop,
  hang,
  json,
  scriptedServer,
  text,
  trickle,
  type Asked,
  type Step
} from "./scripted-server.js";

const csv = "sku,units\n" + Array.from({length: 500}, (_, i) => `S${i},${i}\n`).join("");
const half = csv.length >> 1;
const etag = '"v1"';

const whole = text(csv, 200, {etag});
const firstHalf = cut(csv.slice(0, half), csv.length, {etag});
const rest = text(csv.slice(half), 206, {
  etag,
  "content-range": `bytes ${half}-${csv.length - 1}/${csv.length}`
});
const expired = text("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>", 403);

const record = {project_id: "p1", description: "", created_at: "1", modified_at: "1"};
const app = {...record, name: "Demand", owner: "ann@example.com"};
const dataset = {...record, dataset_id: "d1", name: "Sales", filename: "Sales.csv", file_extension: "csv"};

interface Scene {
  dataset: Dataset;
  /** A folder for this test. */
  folder: string;
  path: string;
  /** What the object store was asked. */
  stored: () => Asked[];
  /** How often a download URL was asked for. */
  urls: () => number;
}

/** A dataset whose object store follows a script; its URLs are given as `answers` say, and then as they should be. */
async function scene(store: Step[], answers: object[] = [], size = csv.length): Promise<Scene> {
  let stores = 0;
  let urls = 0;
  const {baseUrl, asked} = await scriptedServer((request, response) => {
    const {pathname} = new URL(request.url!, "http://localhost");
    const answer = {
      "/store": () => store[Math.min(stores++, store.length - 1)]!,
      "/component/get-project": () => json({project: app}),
      "/component/get-dataset": () => json({dataset: {...dataset, size, data_types: {}}}),
      "/component/get-dataset-download-url": () => {
        const url = `http://${request.headers.host}/store?Signature=s${urls}`;
        return json(answers[urls++] ?? {status: "SUCCESS", url});
      }
    }[pathname]!;
    answer()(request, response);
  });
  const client = new Ikigai({
    userEmail: "bob@example.com",
    apiKey: "a-key",
    baseUrl,
    timeout: 2000,
    retry: {limit: 2, delay: () => 0}
  });
  const folder = await mkdtemp(join(tmpdir(), "ikigai-kit-test-"));
  onTestFinished(() => rm(folder, {recursive: true}));
  return {
    dataset: await (await client.apps.byId("p1")).datasets.byId("d1"),
    folder,
    path: join(folder, "sales.csv"),
    stored: () => asked.filter(({url}) => url.startsWith("/store")),
    urls: () => urls
  };
}

const failureOf = async (promise: Promise<unknown>): Promise<DownloadError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason
  );
  expect(error).toBeInstanceOf(DownloadError);
  return error as DownloadError;
};

describe("a download to Parquet", () => {
  it("has the types of the values, and leaves nothing else", async () => {
    const {dataset, path, folder} = await scene([firstHalf, rest]);
    const seen: Progress[] = [];
    await dataset.downloadParquet(path, {onProgress: (progress) => seen.push(progress)});
    expect(await readdir(folder)).toEqual(["sales.csv"]);
    expect(seen.at(-1)).toEqual({done: csv.length, total: csv.length});
    const rows = await withDuckDB({folder}, async (connection) => {
      const read = `SELECT count(*)::INTEGER AS count, sum(units)::INTEGER AS sum, any_value(typeof(units)) AS type FROM read_parquet('${path}')`;
      return (await connection.runAndReadAll(read)).getRowObjects();
    });
    expect(rows).toEqual([{count: 500, sum: (500 * 499) / 2, type: "INTEGER"}]);
  });

  it("that fails leaves what was there", async () => {
    const {dataset, path, folder} = await scene([drop]);
    await writeFile(path, "what was there before");
    await failureOf(dataset.downloadParquet(path));
    expect(await readFile(path, "utf8")).toBe("what was there before");
    expect(await readdir(folder)).toEqual(["sales.csv"]);
  });

  it("of what isn't CSV says so", async () => {
    const {dataset, path, folder} = await scene([text("a,b\n1,2,3\n", 200, {etag})]);
    await expect(dataset.downloadParquet(path)).rejects.toThrow(/line 2 .*3 values where the header has 2/);
    expect(await readdir(folder)).toEqual([]);
  });

  it("can be stopped", async () => {
    const {dataset, path, folder} = await scene([trickle(Array<string>(100).fill(csv), 50)]);
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("enough"));
    await expect(dataset.downloadParquet(path, {signal: controller.signal, onProgress})).rejects.toThrow(
      "enough"
    );
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a download", () => {
  it("writes the file, and nothing else", async () => {
    const {dataset, path, folder, stored} = await scene([whole]);
    await writeFile(path, "what was there before");
    await dataset.download(path);
    expect(await readFile(path, "utf8")).toBe(csv);
    expect(await readdir(folder)).toEqual(["sales.csv"]);
    expect(stored()[0]?.url).toBe("/store?Signature=s0");
  });

  it("keeps the user and the key from the object store", async () => {
    const {dataset, path, stored} = await scene([whole]);
    await dataset.download(path);
    expect(stored()[0]?.headers).not.toHaveProperty("api-key");
    expect(stored()[0]?.headers).not.toHaveProperty("user");
  });

  it("waits while the platform gets the data ready", async () => {
    const {dataset, path, urls} = await scene([whole], [{status: "IN_PROGRESS"}]);
    await dataset.download(path);
    expect(urls()).toBe(2);
    expect(await readFile(path, "utf8")).toBe(csv);
  });

  it("tells how far it is, and at the end that it is whole", async () => {
    const seen: Progress[] = [];
    const {dataset, path} = await scene([whole]);
    await dataset.download(path, {onProgress: (progress) => seen.push(progress)});
    expect(seen.at(-1)).toEqual({done: csv.length, total: csv.length});
    expect(seen.every(({done}, i) => i === 0 || done >= seen[i - 1]!.done)).toBe(true);
  });

  it("takes data whose length the store doesn't say", async () => {
    const {dataset, path} = await scene([trickle([csv.slice(0, half), csv.slice(half)], 5)]);
    await dataset.download(path);
    expect(await readFile(path, "utf8")).toBe(csv);
  });

  it("unpacks data that the store keeps packed", async () => {
    const {dataset, path} = await scene([
      (_, response) => response.writeHead(200, {"content-encoding": "gzip"}).end(gzipSync(csv))
    ]);
    await dataset.download(path);
    expect(await readFile(path, "utf8")).toBe(csv);
  });

  it("can be read as a stream instead", async () => {
    const {dataset} = await scene([firstHalf, rest]);
    const chunks: Uint8Array[] = [];
    for await (const chunk of dataset.stream()) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe(csv);
  });

  it("can be left before the end of the stream", async () => {
    const {dataset} = await scene([trickle([csv.slice(0, half), csv.slice(half)], 50)]);
    for await (const chunk of dataset.stream()) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });
});

describe("a broken connection", () => {
  it("is continued by asking for the rest of the same version", async () => {
    const {dataset, path, stored} = await scene([firstHalf, drop, rest]);
    await dataset.download(path);
    expect(await readFile(path, "utf8")).toBe(csv);
    expect(stored().map(({headers}) => [headers.range, headers["if-range"]])).toEqual([
      [undefined, undefined],
      [`bytes=${half}-`, etag],
      [`bytes=${half}-`, etag]
    ]);
  });

  it.each<[string, Step[]]>([
    ["the data has changed", [firstHalf, whole]],
    ["the store names no version", [cut(csv.slice(0, half), csv.length), whole]],
    ["the store names a weak version", [cut(csv.slice(0, half), csv.length, {etag: 'W/"v1"'}), whole]],
    [
      "the store sends another part than was asked for",
      [
        firstHalf,
        text(csv.slice(9), 206, {"content-range": `bytes 9-${csv.length - 1}/${csv.length}`}),
        whole
      ]
    ],
    ["the store has no such part any more", [firstHalf, text("", 416), whole]],
    [
      "the part is of another version",
      [firstHalf, text("x", 206, {etag: '"v2"', "content-range": "bytes 0-0/1"}), whole]
    ],
    ["a stalled body is given up", [trickle([csv.slice(0, half), ""], 60_000, {etag}), whole]]
  ])("starts again when %s", async (_, store) => {
    const {dataset, path} = await scene(store);
    await dataset.download(path);
    expect(await readFile(path, "utf8")).toBe(csv);
  });

  it("that breaks again and again is continued as long as it gets further", async () => {
    const pieces = 8;
    const step = Math.ceil(csv.length / pieces);
    const store = Array.from({length: pieces}, (_, i): Step => {
      const from = i * step;
      const range = `bytes ${from}-${csv.length - 1}/${csv.length}`;
      const headers = {etag, ...(from > 0 && {"content-range": range})};
      return cut(csv.slice(from, from + step), csv.length - from, headers, from > 0 ? 206 : 200);
    });
    const {dataset, path, stored} = await scene(store);
    await dataset.download(path);
    expect(await readFile(path, "utf8")).toBe(csv);
    expect(stored()).toHaveLength(pieces);
  });

  it("that never gets further is given up, and leaves nothing", async () => {
    const {dataset, path, folder, stored} = await scene([firstHalf, drop]);
    const error = await failureOf(dataset.download(path));
    expect(error.message).toContain(`download of dataset "Sales"`);
    expect(error.message).toContain(`Given up after ${half} of ${csv.length} bytes`);
    expect(stored()).toHaveLength(3);
    expect(await readdir(folder)).toEqual([]);
  });

  it("can't be continued in a stream when the data has changed", async () => {
    const {dataset} = await scene([firstHalf, whole]);
    const read = async () => {
      for await (const chunk of dataset.stream()) expect(chunk.length).toBeGreaterThan(0);
    };
    expect((await failureOf(read())).message).toMatch(
      /broke after \d+ bytes of dataset "Sales".*use download/
    );
  });
});

describe("a store that sends the request on", () => {
  it.each([307, 308, 302])("with %i is followed, without user and key", async (status) => {
    const {dataset, path, stored} = await scene([text("", status, {location: "/store?elsewhere"}), whole]);
    await dataset.download(path);
    expect(await readFile(path, "utf8")).toBe(csv);
    expect(stored().map(({url}) => url.replace(/^.*\?/, ""))).toEqual([expect.any(String), "elsewhere"]);
    expect(JSON.stringify(stored().map(({headers}) => headers))).not.toMatch(/a-key|bob@/);
  });

  it("is asked for the rest there, too", async () => {
    const {dataset, path, stored} = await scene([
      firstHalf,
      text("", 307, {location: "/store?elsewhere"}),
      rest
    ]);
    await dataset.download(path);
    expect(await readFile(path, "utf8")).toBe(csv);
    expect(stored()[2]!.headers).toMatchObject({range: `bytes=${half}-`, "if-range": etag});
  });

  it("for ever is given up", async () => {
    let hops = 0;
    const on: Step = (request, response) =>
      text("", 307, {location: `/store?hop=${++hops}`})(request, response);
    const {dataset, path} = await scene([on]);
    await expect(dataset.download(path)).rejects.toThrow(DownloadError);
  });
});

describe("a store that is too busy", () => {
  it("and asks for a longer pause than is waited for is given up at once, with what it said", async () => {
    const {dataset, path, stored} = await scene([
      text("<Error><Message>Slow down</Message></Error>", 503, {"retry-after": "86400"})
    ]);
    const error = await failureOf(dataset.download(path));
    expect(error.message).toMatch(/Slow down \[503\].*try again in 86400 s/);
    expect(stored()).toHaveLength(1);
  });
});

describe("an expired URL", () => {
  it("is replaced by a new one", async () => {
    const {dataset, path, stored} = await scene([expired, firstHalf, expired, rest]);
    await dataset.download(path);
    expect(await readFile(path, "utf8")).toBe(csv);
    expect(stored().map(({url}) => url)).toEqual([0, 1, 1, 2].map((n) => `/store?Signature=s${n}`));
  });

  it("that new ones don't fix is an error without the signature", async () => {
    const {dataset, path, folder} = await scene([expired]);
    const error = await failureOf(dataset.download(path));
    expect(error.status).toBe(403);
    expect(error.call).toMatch(/^GET 127\.0\.0\.1:\d+\/store$/);
    expect(error.message).toContain("AccessDenied Request has expired [403]");
    expect(error.message).not.toContain("Signature");
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("no data", () => {
  it.each([
    [0, /It has none: upload some/],
    [9e9, /too large to download/]
  ])("of a dataset of %i bytes is an error that says why", async (size, message) => {
    const {dataset, path, folder} = await scene([whole], [{status: "FAILED"}], size);
    expect((await failureOf(dataset.download(path))).message).toMatch(message);
    expect(await readdir(folder)).toEqual([]);
  });

  it("that the platform never gets ready is an error with the state, in time", async () => {
    const {dataset, path, folder} = await scene([whole], Array<object>(99).fill({status: "IN_PROGRESS"}));
    const error = await dataset.download(path, {readyTimeout: 50}).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({call: "GET /component/get-dataset-download-url"});
    expect((error as Error).message).toMatch(
      /dataset "Sales" ready within 0\.05 s: it is still IN_PROGRESS\..*readyTimeout/
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it("is told from a URL that isn't one, which isn't shown", async () => {
    const {dataset, path} = await scene([whole], [{status: "SUCCESS", url: "not a url?Signature=abc"}]);
    await expect(dataset.download(path)).rejects.toThrow(/^[^?]*the answer's url is not a URL$/);
  });
});

describe("a signal", () => {
  it.each<[string, Step[], object[]]>([
    ["during the download", [trickle(Array<string>(50).fill("x\n"), 40)], []],
    ["while the store says nothing", [hang], []],
    ["while the platform gets the data ready", [whole], [{status: "IN_PROGRESS"}]]
  ])("%s stops it with its reason, and leaves nothing", async (_, store, answers) => {
    const {dataset, path, folder} = await scene(store, answers);
    const reason = new Error("enough");
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 100);
    await expect(dataset.download(path, {signal: controller.signal})).rejects.toBe(reason);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("a disk that won't take the file", () => {
  it.each([
    ["nowhere/sales.csv", /nowhere\/sales\.csv: the folder doesn't exist: make it first/],
    ["file/sales.csv", /file\/sales\.csv: a part of the path is a file/],
    ["folder", /folder: it is a folder: choose the name of a file/]
  ])("at %s is an error that names the path and the fix", async (name, message) => {
    const {dataset, folder} = await scene([whole]);
    await writeFile(join(folder, "file"), "");
    await promisify(execFile)("mkdir", [join(folder, "folder")]);
    expect((await failureOf(dataset.download(join(folder, name)))).message).toMatch(message);
    expect((await readdir(folder)).sort()).toEqual(["file", "folder"]);
  });

  it("because it is full leaves nothing, and keeps what was there", async () => {
    const {folder} = await scene([whole]);
    // A limit on the size of files stands in for a full disk: the system refuses the write in the same way, midway.
    const script = fileURLToPath(new URL("./fill-disk.ts", import.meta.url));
    const command = `trap '' XFSZ; ulimit -f 8; exec "${process.execPath}" --import tsx "${script}" "${folder}"`;
    await writeFile(join(folder, "sales.csv"), "old");
    const {stdout} = await promisify(execFile)("bash", ["-c", command]);
    expect(stdout).toMatch(
      /^DownloadError: can't write .*sales\.csv: (the disk is full: free some space|the file-size limit is reached)/
    );
    expect(await readdir(folder)).toEqual(["sales.csv"]);
    expect(await readFile(join(folder, "sales.csv"), "utf8")).toBe("old");
  });
});
