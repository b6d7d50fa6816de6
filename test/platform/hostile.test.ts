// What nobody decent sends: refused or held harmless, and the platform stays up.
import {readdir} from "node:fs/promises";
import {connect} from "node:net";
import {describe, expect, it} from "vitest";
import {platform, putParts, type Json} from "./support.js";

const names = [
  "../../etc/passwd",
  "..\\..\\windows",
  `"; DROP TABLE x; --'`,
  "<script>alert(1)</script>",
  "💥 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 \u202e",
  "__proto__",
  "constructor",
  "a".repeat(256)
];

describe("hostile names", () => {
  it("are labels and nothing else", async () => {
    const {owner, data} = await platform();
    const check = async (name: string) => {
      const project_id = await owner.createApp(name);
      const dataset_id = await owner.createDataset(project_id, name);
      expect(await owner.upload(project_id, dataset_id, "a\n1\n", `${name}.csv`)).toBe("SUCCESS");
      expect((await owner.get("get-dataset", {project_id, name})).dataset).toMatchObject({
        dataset_id,
        name,
        filename: `${name}.csv`
      });
      expect(await owner.download(project_id, dataset_id)).toBe("a\n1\n");
    };
    await Promise.all(names.map(check));
    expect(await readdir(`${data}/objects`)).toHaveLength(names.length);
    for (const file of await readdir(`${data}/objects`)) expect(file).toMatch(/^\w{27}\.csv$/);
  });

  it.each([
    ["NUL", "a\u0000b", "must not contain control characters"],
    ["a line break", "a\nb", "must not contain control characters"],
    ["nothing", "", "must not be blank"],
    ["blanks", " \t ", "must not be blank"],
    ["10,000 characters", "x".repeat(10_000), "must have at most 256 characters, got 10000"]
  ])("of %s are refused", async (_what, name, message) => {
    const {owner} = await platform();
    const project = {name, description: "", directory: {}};
    expect(await owner.refusal("POST", "create-project", {project})).toEqual([
      400,
      `project.name: ${message}`
    ]);
  });

  it("of columns come back as they are", async () => {
    const {owner} = await platform();
    const project_id = await owner.createApp();
    const dataset_id = await owner.createDataset(project_id);
    const header = `__proto__,"c0""); DROP TABLE x; --",constructor,'quoted',`;
    expect(await owner.upload(project_id, dataset_id, `${header}\n1,x,2,3,4\n`)).toBe("SUCCESS");
    const {data_types} = await owner.getDataset(project_id, dataset_id);
    expect(Object.keys(data_types as Json)).toEqual([
      "__proto__",
      'c0"); DROP TABLE x; --',
      "constructor",
      "'quoted'",
      "Unnamed: 4"
    ]);
  });
});

describe("hostile requests", () => {
  it.each([
    ["no body", undefined, /project is required/],
    ["a list", "[]", /expected object, got array/],
    ["half an object", '{"project":', /JSON/],
    ["a poisoned prototype", '{"__proto__": {"name": "x"}}', /JSON/],
    ["another type", '{"project": {"name": 5}}', /^project\.name: expected string, got number$/],
    ["null", '{"project": {"name": null}}', /^project\.name: expected string, got null$/],
    ["nothing in it", '{"project": {}}', /^project\.name is required$/]
  ])("with %s as body are told what is wrong", async (_what, body, message) => {
    const {owner} = await platform();
    const response = await fetch(`${owner.baseUrl}/component/create-project`, {
      method: "POST",
      headers: {...owner.headers, ...(body === undefined ? {} : {"content-type": "application/json"})},
      body: body ?? null
    });
    expect(response.status).toBe(400);
    expect(((await response.json()) as Json).message).toMatch(message);
  });

  it.each([
    ["lists", (depth: number) => "[".repeat(depth) + "]".repeat(depth)],
    ["objects", (depth: number) => '{"a":'.repeat(depth) + "1" + "}".repeat(depth)]
  ])("with %s nested deeply are refused", async (_what, nested) => {
    const {owner} = await platform();
    const project_id = await owner.createApp();
    const send = (depth: number) =>
      fetch(`${owner.baseUrl}/component/create-pipeline`, {
        method: "POST",
        headers: {...owner.headers, "content-type": "application/json"},
        body: `{"pipeline": {"project_id": "${project_id}", "name": "F${depth}", "directory": {}, "definition": {"facets": [{"a": ${nested(depth)}}]}}}`
      });
    expect((await send(90)).status).toBe(200);
    for (const depth of [101, 1000, 20_000, 1_000_000]) {
      const response = await send(depth);
      expect([depth, response.status, await response.json()]).toEqual([
        depth,
        400,
        {message: "The request is nested more than 100 levels deep"}
      ]);
    }
  });

  it("with a huge body are refused before it is read", async () => {
    const {owner} = await platform();
    const {port} = new URL(owner.baseUrl);
    const head = Object.entries({
      ...owner.headers,
      host: "127.0.0.1",
      "content-type": "application/json",
      "content-length": "1000000000"
    });
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), "127.0.0.1", () => {
        socket.write(
          `POST /component/create-project HTTP/1.1\r\n${head.map(([k, v]) => `${k}: ${v}\r\n`).join("")}\r\n{"`
        );
      });
      socket.once("data", (chunk) => {
        resolve(chunk.toString());
        socket.destroy();
      });
      socket.on("error", reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain("The request is larger than 8388608 bytes");
    const long = await owner.ask("POST", "/component/create-project", {
      project: {name: "x".repeat(9_000_000)}
    });
    expect(long).toEqual({status: 413, body: {message: "The request is larger than 8388608 bytes"}});
    expect(await owner.createApp()).toMatch(/^\w{27}$/);
  });

  it("from strangers are refused before their body is read", async () => {
    const {owner} = await platform();
    const response = await fetch(`${owner.baseUrl}/component/create-project`, {
      method: "POST",
      headers: {"content-type": "application/json"},
      body: "x".repeat(9_000_000)
    });
    expect([response.status, await response.json()]).toEqual([
      403,
      {message: "Missing Authentication Token"}
    ]);
  });

  it("for paths outside of the object store find nothing", async () => {
    const {owner} = await platform();
    for (const path of [
      "datasets/..%2f..%2faccount.json",
      "uploads/..%2f..%2fx/1",
      "datasets/%00",
      "../account.json"
    ]) {
      for (const method of ["GET", "PUT"]) {
        const response = await fetch(`${owner.baseUrl}/object-store/${path}?Expires=9999999999&Signature=x`, {
          method
        });
        expect([path, [403, 404].includes(response.status)]).toEqual([path, true]);
      }
    }
  });

  it("that repeat a parameter are refused", async () => {
    const {owner} = await platform();
    const response = await fetch(`${owner.baseUrl}/component/get-project?name=a&name=b`, {
      headers: owner.headers
    });
    expect([response.status, await response.json()]).toEqual([
      400,
      {message: "name: expected string, got array"}
    ]);
  });

  it("that break off leave no part behind", async () => {
    const {owner, data} = await platform();
    const project_id = await owner.createApp();
    const dataset_id = await owner.createDataset(project_id);
    const ids = {project_id, dataset_id};
    const upload = await owner.get("get-dataset-multipart-upload-urls", {
      ...ids,
      filename: "a.csv",
      file_size: 8
    });
    const abort = new AbortController();
    const half = new ReadableStream({start: (controller) => controller.enqueue(new Uint8Array(4))});
    const init: RequestInit & {duplex: "half"} = {
      method: "PUT",
      body: half,
      duplex: "half",
      signal: abort.signal
    };
    const broken = expect(fetch((upload.urls as Json)["1"] as string, init)).rejects.toThrow();
    const parts = () => readdir(`${data}/uploads/${upload.upload_id as string}`).catch(() => []);
    while ((await parts()).length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    abort.abort();
    await broken;
    while ((await parts()).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const etags = await putParts(upload, Buffer.from("a\n1\n2\n3\n"));
    await owner.complete(ids, "a.csv", upload.upload_id as string, etags);
    expect(await owner.confirmed(ids)).toBe("SUCCESS");
  });
});
