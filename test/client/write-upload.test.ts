// How the parts of an upload travel, against a store whose every answer is scripted.
import {describe, expect, it} from "vitest";
import {Ikigai, TimeoutError, UploadError} from "../../lib/client/index.js";
import {
  hang,
  json,
  scriptedServer,
  text,
  type Asked,
  type ScriptedServer,
  type Step
} from "./scripted-server.js";

const key = "MARKED-0123456789-KEY";
const record = {project_id: "p1", name: "x", owner: "", description: "", created_at: "1", modified_at: "1"};
const dataset = {...record, dataset_id: "d1", filename: "", file_extension: "", data_types: {}, size: 9};
const log = {dataset_log: [{status: "SUCCESS", timestamp: "2", job_type: "UPLOAD_DATASET"}]};

const taken = {status: "SUCCESS", said: json(log)};

const stored: Step = (request, response) =>
  text("", 200, {etag: `"tag-${request.url!.split("/").at(-1)!}"`})(request, response);

/** A platform that wants `parts` parts, to a store that answers each as `store` says, and what it says of the whole. */
async function platform(parts: number, store: Step, {status, said} = taken): Promise<ScriptedServer> {
  const server: ScriptedServer = await scriptedServer((request, response) => {
    const url = request.url!;
    if (url.startsWith("/store/")) return store(request, response);
    if (url.includes("get-project")) return json({project: record})(request, response);
    if (url.includes("upload-urls")) {
      // Out of order: as keys of a map come.
      const numbers = Array.from({length: parts}, (_, i) => parts - i);
      const urls = numbers.map((n) => [`${n}`, `${server.baseUrl}/store/${n}?signature=MARKED-SIGNATURE`]);
      const answer = {upload_id: "u1", content_type: "text/csv", urls: Object.fromEntries(urls) as object};
      return json(answer)(request, response);
    }
    if (url.includes("confirm")) return json({status})(request, response);
    if (url.includes("get-dataset-log")) return said(request, response);
    if (request.method === "POST") return json({dataset_id: "d1"})(request, response);
    return json({dataset})(request, response);
  });
  return server;
}

const clientOf = ({baseUrl}: ScriptedServer) =>
  new Ikigai({
    userEmail: "bob@example.com",
    apiKey: key,
    baseUrl,
    retry: {limit: 2, delay: () => 0},
    timeout: 4000
  });

const build = async (server: ScriptedServer, csv: string, signal?: AbortSignal) => {
  const app = await clientOf(server).apps.byId("p1");
  return app.dataset.new("Sales").csv(csv).build({signal});
};

const sentParts = ({asked}: ScriptedServer) => asked.filter(({method}) => method === "PUT");
const ended = ({asked}: ScriptedServer) =>
  asked
    .filter(({url}) => url.includes("complete-dataset-multipart-upload"))
    .map(({body}) => JSON.parse(body) as object);
const numberOf = ({url}: Asked) => Number(/\/store\/(\d+)/.exec(url)![1]);

describe("an upload that the platform never reads", () => {
  it("is an error with the state, in time, and its new dataset is deleted again", async () => {
    const server = await platform(1, stored, {...taken, status: "RUNNING"});
    const app = await clientOf(server).apps.byId("p1");
    const made = app.dataset.new("Sales").csv("a\n1\n").build({readyTimeout: 20});
    await expect(made).rejects.toThrow(
      /upload of dataset "Sales": .* within 0\.02 s: it is still RUNNING\..*readyTimeout/
    );
    await expect(made).rejects.toBeInstanceOf(TimeoutError);
    expect(server.asked.some(({url}) => url.includes("delete-dataset"))).toBe(true);
  });
});

describe("the parts of an upload", () => {
  it("are equal ranges in the order of their numbers, and named by their ETags", async () => {
    const server = await platform(12, stored);
    const csv = `a\n${"é".repeat(50)}\n`;
    await build(server, csv);
    const sent = sentParts(server).sort((a, b) => numberOf(a) - numberOf(b));
    expect(sent.map(numberOf)).toEqual(Array.from({length: 12}, (_, i) => i + 1));
    expect(sent.map(({headers}) => Number(headers["content-length"]))).toEqual([
      ...Array<number>(11).fill(9),
      4
    ]);
    expect(sent[0]!.headers).toMatchObject({"content-type": "text/csv", "cache-control": "no-cache"});
    const [end] = ended(server);
    expect(end).toMatchObject({abort: false, upload_id: "u1"});
    expect((end as {etags: object}).etags).toMatchObject({1: '"tag-1?signature=MARKED-SIGNATURE"'});
    expect(Object.keys((end as {etags: object}).etags)).toHaveLength(12);
  });

  it("carry neither user nor key to the store", async () => {
    const server = await platform(1, stored);
    await build(server, "a\n1\n");
    expect(JSON.stringify(sentParts(server)[0]!.headers)).not.toMatch(/MARKED|bob@/);
  });

  it("go several at a time", async () => {
    let open = 0;
    let most = 0;
    const server = await platform(8, (request, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        stored(request, response);
      }, 300);
    });
    await build(server, `a\n${"1\n".repeat(100)}`);
    expect(most).toBe(4);
  });

  it("are sent again one by one, each with the same bytes", async () => {
    const failed = new Set<string>();
    const server = await platform(3, (request, response) => {
      if (failed.has(request.url!)) return stored(request, response);
      failed.add(request.url!);
      if (request.url!.startsWith("/store/2")) return void request.socket.destroy();
      text("slow down", 503)(request, response);
    });
    await build(server, "a\n12345678\n");
    const bodies = sentParts(server).map((asked) => [numberOf(asked), asked.body]);
    for (const [number, body] of [
      [1, "a\n12"],
      [2, "3456"],
      [3, "78\n"]
    ]) {
      expect(bodies.filter((one) => one[0] === number && one[1] === body)).toHaveLength(2);
    }
  });

  it("are all dropped when one fails for good", async () => {
    const server = await platform(8, (request, response) =>
      (request.url!.startsWith("/store/2?") ? text("<Error>denied</Error>", 403) : stored)(request, response)
    );
    const error: unknown = await build(server, `a\n${"1\n".repeat(100)}`).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UploadError);
    expect(String(error)).toMatch(/part 2 of 8: the object store refused: denied \[403\]/);
    expect(String(error)).not.toMatch(/MARKED/);
    expect(ended(server)).toEqual([
      {abort: true, upload_id: "u1", dataset: {dataset_id: "d1", project_id: "p1", filename: "Sales.csv"}}
    ]);
    expect(server.asked.filter(({url}) => url.includes("delete-dataset"))).toHaveLength(1);
  });

  it("are sent again where the store sends them, each whole", async () => {
    const server = await platform(2, (request, response) =>
      request.url!.includes("elsewhere")
        ? stored(request, response)
        : text("", 307, {location: `${new URL(request.url!, "http://x").pathname}?elsewhere`})(
            request,
            response
          )
    );
    await build(server, "a\n12345678\n");
    const sent = sentParts(server).filter(({url}) => url.includes("elsewhere"));
    expect(sent.map(({body}) => body).toSorted()).toEqual(["5678\n", "a\n1234"]);
    expect(JSON.stringify(sent.map(({headers}) => headers))).not.toMatch(/MARKED|bob@/);
  });

  it("that a store sends on for ever are given up", async () => {
    const server = await platform(1, (request, response) =>
      text("", 307, {location: request.url!})(request, response)
    );
    await expect(build(server, "a\n1\n")).rejects.toThrow(UploadError);
    expect(sentParts(server)).toHaveLength(4);
  });

  it("that a store doesn't answer for are given up", async () => {
    const server = await platform(1, hang);
    await expect(build(server, "a\n1\n")).rejects.toThrow(/didn't answer in time.*given up/);
    expect(sentParts(server)).toHaveLength(3);
  }, 20_000);

  it("are broken off at once when the signal aborts", async () => {
    const stop = new AbortController();
    const server = await platform(2, () => stop.abort(new Error("enough")));
    await expect(build(server, "a\n1\n", stop.signal)).rejects.toThrow("enough");
    expect(ended(server)).toMatchObject([{abort: true}]);
  });
});

describe("an upload that the platform refuses", () => {
  const entry = (status: string, timestamp: string, message?: string) => ({
    status,
    timestamp,
    job_type: "UPLOAD_DATASET",
    message
  });
  const refusal = async (said: Step) => {
    const server = await platform(1, stored, {status: "FAILED", said});
    const error: unknown = await build(server, "a,b\n1\n").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UploadError);
    const order = server.asked.map(({url}) => url).filter((url) => /dataset-log|delete/.test(url));
    return {message: String(error), order};
  };

  it("says why, as the log has it, which is read before the record is deleted", async () => {
    const entries = [
      entry("FAILED", "3", "line 2 has 1 field where the header has 2"),
      entry("FAILED", "2", "older")
    ];
    const {message, order} = await refusal(json({dataset_log: entries}));
    expect(message).toMatch(
      /couldn't read them as a dataset \(FAILED\): line 2 has 1 field where the header has 2$/
    );
    expect(order).toEqual([
      expect.stringContaining("get-dataset-log"),
      expect.stringContaining("delete-dataset")
    ]);
  });

  it.each<[string, Step]>([
    ["has no reason", json({dataset_log: [entry("FAILED", "3", "")]})],
    ["is empty", json({dataset_log: []})],
    ["tells of another upload", json({dataset_log: [entry("SUCCESS", "3", "Uploaded 7 rows")]})],
    ["can't be had", text("gone", 404)]
  ])("says what a dataset must be where the log %s", async (_, said) => {
    const {message, order} = await refusal(said);
    expect(message).toMatch(/\(FAILED\)\. They must be CSV in UTF-8/);
    expect(order.at(-1)).toContain("delete-dataset");
  });
});
