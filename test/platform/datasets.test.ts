// Datasets: their records, and the whole way of their bytes in and out.
import {createHash, randomBytes} from "node:crypto";
import {describe, expect, it, vi} from "vitest";
import {platform, putParts, type Caller, type Json} from "./support.js";

const csv =
  "sector,month,employees\nMining,2006-01-01,651.5\nMining,2006-02-01,655\n" +
  "Retail,2006-01-01,15100\nRetail,2006-02-01,15110\n";

async function withDataset(options: Parameters<typeof platform>[0] = {}) {
  const started = await platform(options);
  const project_id = await started.owner.createApp();
  const dataset_id = await started.owner.createDataset(project_id);
  return {...started, project_id, dataset_id, ids: {project_id, dataset_id}};
}

const begin = (owner: Caller, ids: Json, file_size: number, filename = "Sales.csv") =>
  owner.get("get-dataset-multipart-upload-urls", {...ids, filename, file_size});

describe("dataset records", () => {
  it("begin without data", async () => {
    const {owner, project_id, dataset_id, ids} = await withDataset();
    expect(await owner.getDataset(project_id, dataset_id)).toEqual({
      ...ids,
      name: "Sales",
      filename: "",
      data_types: {},
      directory: {directory_id: "", name: "", type: "DATASET", project_id: "", parent_id: "", size: "0"},
      is_optimized: false,
      file_extension: "csv",
      size: 0,
      agent_access: false,
      is_visible: true,
      created_at: expect.stringMatching(/^\d{10}$/) as string,
      modified_at: expect.stringMatching(/^\d{10}$/) as string
    });
    expect(await owner.get("get-dataset-download-url", ids)).toEqual({status: "FAILED"});
    expect(await owner.refusal("GET", "confirm-dataset-upload", ids)).toEqual([404, "Upload was not found"]);
    expect(await owner.get("get-dataset-log", {...ids, limit: 5})).toEqual({dataset_log: []});
  });

  it("are found by name, by part of it, and by directory, and can be renamed, moved and deleted", async () => {
    const {owner, project_id, dataset_id, ids} = await withDataset();
    const directory_id = await owner.create("create-dataset-directory", {
      directory: {name: "[INPUT]", project_id, parent_id: ""}
    });
    const directory = {directory_id, type: "DATASET", name: "[INPUT]"};
    await owner.post("edit-dataset", {dataset: {...ids, name: "Sales 2025"}});
    await owner.post("edit-dataset", {dataset: {...ids, directory}});
    await owner.post("edit-dataset", {dataset: {...ids, agent_access: true}});
    const {dataset} = await owner.get("get-dataset", {project_id, name: "Sales 2025"});
    expect(dataset).toMatchObject({dataset_id, directory: {directory_id, name: ""}, agent_access: true});
    const list = async (query: Json) =>
      ((await owner.get("get-datasets-for-project", {project_id, ...query})).datasets as Json[]).length;
    expect(await list({fetch_all: "True"})).toBe(1);
    expect(await list({fetch_all: "False", directory_id})).toBe(1);
    expect(await list({fetch_all: "False", directory_id: ""})).toBe(0);
    const found = await owner.get("/search/search-datasets-for-project", {project_id, query: "sales"});
    expect(found).toMatchObject({datasets: [{dataset_id}], limit_warning: ""});
    expect(await owner.post("delete-dataset", {dataset: ids})).toEqual({dataset_id});
    expect(await owner.refusal("GET", "get-dataset", ids)).toEqual([404, "Dataset was not found"]);
    expect(await owner.refusal("GET", "get-dataset", {project_id, name: "Sales 2025"})).toEqual([
      404,
      "Dataset was not found"
    ]);
  });

  it("are not found in another app", async () => {
    const {owner, dataset_id} = await withDataset();
    const other = await owner.createApp("Other");
    expect(await owner.refusal("GET", "get-dataset", {project_id: other, dataset_id})).toEqual([
      404,
      "Dataset was not found"
    ]);
  });
});

describe("uploads", () => {
  it("take a file and give it back, with its types and a log entry", async () => {
    const {owner, project_id, dataset_id, ids} = await withDataset();
    expect(await owner.upload(project_id, dataset_id, csv)).toBe("SUCCESS");
    expect(await owner.getDataset(project_id, dataset_id)).toMatchObject({
      filename: "Sales.csv",
      size: csv.length,
      data_types: {
        sector: {data_type: "CATEGORICAL", data_formats: {}},
        month: {data_type: "TIME", data_formats: {}},
        employees: {data_type: "NUMERIC", data_formats: {}}
      }
    });
    expect(await owner.download(project_id, dataset_id)).toBe(csv);
    expect(await owner.get("get-dataset-log", {...ids, limit: 5})).toEqual({
      dataset_log: [
        {
          status: "SUCCESS",
          job_type: "UPLOAD_DATASET",
          timestamp: expect.stringMatching(/^\d{10}$/) as string,
          message: ""
        }
      ]
    });
  });

  it("are confirmed a second after verification, by a log entry younger than it", async () => {
    const {owner, ids} = await withDataset();
    const upload = await begin(owner, ids, csv.length);
    const etags = await putParts(upload, Buffer.from(csv));
    await owner.complete(ids, "Sales.csv", upload.upload_id as string, etags);
    const completed = Date.now() / 1000;
    expect(await owner.get("confirm-dataset-upload", ids)).toEqual({status: "RUNNING"});
    await owner.get("verify-dataset-upload", {...ids, filename: "Sales.csv"});
    const verified = Date.now();
    expect(await owner.confirmed(ids)).toBe("SUCCESS");
    expect(Date.now() - verified).toBeLessThan(20_000); // within the next second, and a busy machine's delay
    const {dataset_log} = await owner.get("get-dataset-log", {...ids, limit: 1});
    expect(Number((dataset_log as Json[])[0]!.timestamp)).toBeGreaterThan(completed);
  });

  it("come in several parts, in any order, and a part may be sent again", async () => {
    const {owner, project_id, dataset_id, ids} = await withDataset();
    const row = `${"x".repeat(62)}\n`;
    const data = Buffer.from("text\n" + row.repeat(1_100_000));
    const upload = await begin(owner, ids, data.length);
    expect(upload.content_type).toBe("text/csv");
    expect(Object.keys(upload.urls as Json)).toEqual(["1", "2"]);
    const urls = upload.urls as Record<string, string>;
    const half = Math.ceil(data.length / 2);
    const put = async (part: string, body: Buffer) => {
      const response = await fetch(urls[part]!, {method: "PUT", body: new Uint8Array(body)});
      expect(response.headers.get("etag")).toBe(`"${createHash("md5").update(body).digest("hex")}"`);
      return response.headers.get("etag")!;
    };
    const second = await put("2", data.subarray(half));
    const wrong = await put("1", data.subarray(5, 100));
    const dataset = {...ids, filename: "Sales.csv"};
    const complete = (etags: Json) =>
      [
        "POST" as const,
        "complete-dataset-multipart-upload",
        {abort: false, dataset, upload_id: upload.upload_id as string, etags}
      ] as const;
    expect(await owner.refusal(...complete({1: wrong, 2: second}))).toEqual([
      400,
      `The parts have ${95 + data.length - half} bytes together, not ${data.length}`
    ]);
    const first = await put("1", data.subarray(0, half));
    expect((await owner.refusal(...complete({1: wrong, 2: second})))[1]).toMatch(/^Part 1 has the ETag/);
    expect((await owner.refusal(...complete({1: first})))[1]).toBe("etags: the ETag of part 2 is missing");
    await owner.complete(ids, "Sales.csv", upload.upload_id as string, {1: first, 2: second});
    expect(await owner.confirmed(ids)).toBe("SUCCESS");
    const back = Buffer.from(
      await (await fetch(await owner.downloadUrl(project_id, dataset_id))).arrayBuffer()
    );
    expect(back.equals(data)).toBe(true);
  });

  it("are not complete while a part is missing", async () => {
    const {owner, ids} = await withDataset();
    const upload = await begin(owner, ids, 10);
    expect(
      await owner.refusal("POST", "complete-dataset-multipart-upload", {
        abort: false,
        dataset: {...ids, filename: "Sales.csv"},
        upload_id: upload.upload_id as string,
        etags: {1: '"d41d8cd98f00b204e9800998ecf8427e"'}
      })
    ).toEqual([400, "Part 1 of 1 was not uploaded"]);
  });

  it("can be aborted, and are then no more", async () => {
    const {owner, ids} = await withDataset();
    const upload = await begin(owner, ids, csv.length);
    await putParts(upload, Buffer.from(csv));
    const dataset = {...ids, filename: "Sales.csv"};
    const abort = {abort: true, dataset, upload_id: upload.upload_id as string};
    await owner.post("complete-dataset-multipart-upload", abort);
    expect(await owner.refusal("POST", "complete-dataset-multipart-upload", abort)).toEqual([
      404,
      "Upload was not found"
    ]);
    await expect(putParts(upload, Buffer.from(csv))).rejects.toThrow("NoSuchUpload");
  });

  it("can be completed once, under the name they were begun with", async () => {
    const {owner, ids} = await withDataset();
    const upload = await begin(owner, ids, csv.length);
    const etags = await putParts(upload, Buffer.from(csv));
    const complete = (filename: string) =>
      [
        "complete-dataset-multipart-upload",
        {abort: false, dataset: {...ids, filename}, upload_id: upload.upload_id as string, etags}
      ] as const;
    expect(await owner.refusal("POST", ...complete("Other.csv"))).toEqual([
      400,
      'dataset.filename: the upload was begun as "Sales.csv"'
    ]);
    const both = await Promise.all(
      [1, 2].map(() => owner.ask("POST", `/component/${complete("")[0]}`, complete("Sales.csv")[1]))
    );
    expect(both.map(({status}) => status).sort()).toEqual([200, 404]);
    expect(await owner.refusal("GET", "verify-dataset-upload", {...ids, filename: "Other.csv"})).toEqual([
      404,
      "Upload was not found"
    ]);
  });

  it("replace the data, whose last writer wins", async () => {
    const {owner, project_id, dataset_id} = await withDataset();
    await owner.upload(project_id, dataset_id, csv);
    await owner.upload(project_id, dataset_id, "id\n1\n2\n", "ids.csv");
    expect(await owner.getDataset(project_id, dataset_id)).toMatchObject({
      name: "Sales",
      filename: "ids.csv",
      size: 7,
      data_types: {id: {data_type: "NUMERIC", data_formats: {numeric_format: "INTEGER"}}}
    });
    expect(await owner.download(project_id, dataset_id)).toBe("id\n1\n2\n");
  });

  it.each([
    [
      "a quote that doesn't end",
      'a,b\n1,"2\n',
      /line 2 of the dataset's CSV can't be read: a quote is opened and not closed/
    ],
    [
      "a line with too many values",
      "a,b\n1,2\n1,2,3\n",
      /line 3 of the dataset's CSV can't be read: it has 3 values where the header has 2 names/
    ],
    ["no text", "\n\n", /the dataset is empty/],
    ["a workbook under a CSV's name", Buffer.from("PK\x03\x04"), /an Excel workbook or another zip archive/],
    [
      "a header in Windows-1252",
      Buffer.from("caf\xe9\n1\n", "latin1"),
      /^line 1: the column name .* isn't UTF-8/
    ],
    ["bytes that aren't UTF-8", Buffer.from([97, 10, 255, 254, 10]), /line 2 .*it isn't UTF-8/]
  ])("fail on %s, and keep the data there was", async (_fault, bad, message) => {
    const {owner, project_id, dataset_id, ids} = await withDataset();
    await owner.upload(project_id, dataset_id, csv);
    expect(await owner.upload(project_id, dataset_id, bad)).toBe("FAILED");
    const {dataset_log} = await owner.get("get-dataset-log", {...ids, limit: 1});
    expect((dataset_log as Json[])[0]).toMatchObject({status: "FAILED", job_type: "UPLOAD_DATASET"});
    expect((dataset_log as Json[])[0]!.message).toMatch(message);
    expect(await owner.download(project_id, dataset_id)).toBe(csv);
  });

  it("need a size that makes sense", async () => {
    const {owner, ids} = await withDataset();
    const refusal = (file_size: unknown) =>
      owner.refusal("GET", "get-dataset-multipart-upload-urls", {...ids, filename: "a.csv", file_size});
    expect(await refusal(0)).toEqual([400, "file_size: the file is empty"]);
    expect(await refusal(-1)).toEqual([400, "file_size: must be a whole number"]);
    expect(await refusal(1e14)).toEqual([
      400,
      "file_size: must be at most 5497558138880 bytes, got 100000000000000"
    ]);
  });

  it("cut large files into parts of 64 MiB, and the largest into 10,000", async () => {
    const {owner, ids} = await withDataset();
    const parts = async (size: number) => Object.keys((await begin(owner, ids, size)).urls as Json).length;
    expect(await parts(300e6)).toBe(5);
    expect(await parts(2 ** 26)).toBe(1);
    expect(await parts(5 * 2 ** 40)).toBe(10_000);
  });

  it("refuse a part larger than the whole", async () => {
    const {owner, ids} = await withDataset();
    const {urls} = await begin(owner, ids, 10);
    const response = await fetch((urls as Json)["1"] as string, {method: "PUT", body: "12345678901"});
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining("EntityTooLarge")
    ]);
    const chunked = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 4; i++) controller.enqueue(new Uint8Array(5));
        controller.close();
      }
    });
    // The types of fetch don't know yet what it needs to send a stream.
    const init: RequestInit & {duplex: "half"} = {method: "PUT", body: chunked, duplex: "half"};
    const streamed = await fetch((urls as Json)["1"] as string, init);
    expect([streamed.status, await streamed.text()]).toEqual([
      400,
      expect.stringContaining("EntityTooLarge")
    ]);
  });
});

describe("downloads", () => {
  it("give ranges, so that an interrupted one goes on", async () => {
    const {owner, project_id, dataset_id} = await withDataset();
    await owner.upload(project_id, dataset_id, csv);
    const url = await owner.downloadUrl(project_id, dataset_id);
    const ask = async (headers: Record<string, string>) => {
      const response = await fetch(url, {headers});
      return {status: response.status, headers: response.headers, text: await response.text()};
    };
    const whole = await ask({});
    expect(whole.headers.get("content-length")).toBe(String(csv.length));
    expect(whole.headers.get("content-type")).toContain("text/csv");
    expect(whole.headers.get("accept-ranges")).toBe("bytes");
    const etag = whole.headers.get("etag")!;

    const rest = await ask({range: "bytes=10-", "if-range": etag});
    expect(rest.status).toBe(206);
    expect(rest.text).toBe(csv.slice(10));
    expect(rest.headers.get("content-range")).toBe(`bytes 10-${csv.length - 1}/${csv.length}`);
    expect((await ask({range: "bytes=2-4"})).text).toBe(csv.slice(2, 5));
    expect((await ask({range: "bytes=-7"})).text).toBe(csv.slice(-7));
    expect((await ask({range: "bytes=-999999"})).text).toBe(csv);
    for (const range of ["bytes=0-1,4-5", "lines=1-2", "bytes", "bytes=4-2"]) {
      const {status, text} = await ask({range});
      expect([range, status, text]).toEqual([range, 200, csv]);
    }
    const beyond = await ask({range: `bytes=${csv.length}-`});
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, `bytes */${csv.length}`]);

    await owner.upload(project_id, dataset_id, csv.toUpperCase());
    const changed = await ask({range: "bytes=10-", "if-range": etag});
    expect([changed.status, changed.text]).toEqual([200, csv.toUpperCase()]);
    expect(changed.headers.get("etag")).not.toBe(etag);
  });

  it("expire, and say so as S3 does", async () => {
    const {owner, project_id, dataset_id, ids} = await withDataset();
    await owner.upload(project_id, dataset_id, csv);
    const url = await owner.downloadUrl(project_id, dataset_id);
    const {urls} = await begin(owner, ids, 3);
    vi.useFakeTimers({toFake: ["Date"], now: Date.now() + 3_601_000});
    try {
      for (const [method, signed] of [
        ["GET", url],
        ["PUT", (urls as Json)["1"] as string]
      ] as const) {
        const response = await fetch(signed, {method, ...(method === "PUT" && {body: "abc"})});
        expect(response.status).toBe(403);
        expect(response.headers.get("content-type")).toBe("application/xml");
        expect(await response.text()).toMatch(
          /<Error><Code>AccessDenied<\/Code><Message>Request has expired<\/Message><Expires>[^<]+Z<\/Expires>/
        );
      }
    } finally {
      vi.useRealTimers();
    }
  });

  it("are only for those who hold a URL signed for that very thing", async () => {
    const {owner, project_id, dataset_id} = await withDataset();
    await owner.upload(project_id, dataset_id, csv);
    const url = new URL(await owner.downloadUrl(project_id, dataset_id));
    const status = async (change: (url: URL) => void, init: RequestInit = {}) => {
      const changed = new URL(url);
      change(changed);
      const response = await fetch(changed, init);
      return [response.status, /<Code>(\w+)/.exec(await response.text())?.[1]];
    };
    expect(await status((u) => u.searchParams.delete("Signature"))).toEqual([403, "AccessDenied"]);
    expect(await status((u) => u.searchParams.set("Expires", "9999999999"))).toEqual([
      403,
      "SignatureDoesNotMatch"
    ]);
    expect(await status((u) => u.searchParams.set("Signature", "x"))).toEqual([403, "SignatureDoesNotMatch"]);
    expect(await status((u) => (u.pathname = u.pathname.slice(0, -1) + "0"))).toEqual([
      403,
      "SignatureDoesNotMatch"
    ]);
    expect(await status(() => undefined, {headers: owner.headers})).toEqual([400, "InvalidArgument"]);
  });

  it("go on while the data is replaced and the dataset deleted", async () => {
    const {owner, project_id, dataset_id, ids} = await withDataset();
    const data = Buffer.from(
      "text\n" +
        randomBytes(6_000_000)
          .toString("hex")
          .replaceAll(/(.{60})/g, "$1\n") +
        "\n"
    );
    await owner.upload(project_id, dataset_id, data);
    const response = await fetch(await owner.downloadUrl(project_id, dataset_id));
    await owner.post("delete-dataset", {dataset: ids});
    expect(Buffer.from(await response.arrayBuffer()).equals(data)).toBe(true);
  });
});
