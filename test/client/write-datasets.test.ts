// Datasets are made, filled, changed and deleted on the local platform.
import {tableFromArrays} from "apache-arrow";
import {mkdtemp, readdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, it, onTestFinished, vi} from "vitest";
import {UploadError, type Dataset, type Progress} from "../../lib/client/index.js";
import {world} from "./write-support.js";

const at = world();

const textOf = async (dataset: Dataset) => {
  const pieces: Uint8Array[] = [];
  for await (const piece of dataset.stream()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
};
const names = async () => (await at.app.datasets.list()).names();

describe("a new dataset", () => {
  it("is made of rows, and comes back equal", async () => {
    const day = new Date("2024-01-02T03:04:05.678Z");
    const rows = [
      {id: 9007199254740993n, day, note: 'a "b", c\nd', price: 1.25},
      {id: 2n, day, note: "", price: null},
      {id: 3n, day: null, note: "é 😀", price: 2}
    ];
    const dataset = await at.app.dataset.new("Rows").rows(rows).build();
    expect(dataset).toMatchObject({name: "Rows", filename: "Rows.csv", appId: at.app.appId});
    const table = await dataset.table();
    expect(await dataset.rows()).toEqual(rows);
    const values = (name: string): unknown[] => [...(table.getChild(name) ?? [])];
    expect(values("id")).toEqual([9007199254740993n, 2n, 3n]);
    expect(values("day")).toEqual([+day, +day, null]);
    expect(values("note")).toEqual(['a "b", c\nd', "", "é 😀"]);
    expect(values("price")).toEqual([1.25, null, 2]);
    expect(at.warnings).toEqual([]);
  });

  it("is made of an Arrow table, a text, a file or a stream", async () => {
    const text = "a,b\n1,x\n2,y\n";
    const path = join(at.folder, "source.csv");
    await writeFile(path, text);
    const make = (name: string) => at.app.dataset.new(name);
    async function* pieces() {
      yield "a,b\n1,";
      yield Buffer.from("x\n2,y\n");
    }
    const made = await Promise.all([
      make("Table")
        .table(tableFromArrays({a: Int32Array.of(1, 2), b: ["x", "y"]}))
        .build(),
      make("Text").csv(text).build(),
      make("File").file(path).build(),
      make("Stream").stream(pieces()).build()
    ]);
    for (const dataset of made) expect(await textOf(dataset)).toBe(text);
  });

  it("tells how far its upload is", async () => {
    const progress: Progress[] = [];
    await at.app.dataset
      .new("Watched")
      .csv("a\n1\n")
      .build({onProgress: (news) => progress.push(news)});
    expect(progress.at(-1)).toEqual({done: 4, total: 4});
  });

  it("of nothing is refused before anything is sent", async () => {
    const make = at.app.dataset.new("Nothing");
    await expect(make.build()).rejects.toThrow('dataset "Nothing" has no data');
    await expect(make.rows([]).build()).rejects.toBeInstanceOf(UploadError);
    await expect(make.csv("").build()).rejects.toThrow("Dataset is empty");
    await expect(make.stream([]).build()).rejects.toThrow("Dataset is empty");
    await expect(make.file(join(at.folder, "none.csv")).build()).rejects.toThrow("there is no such file");
    await expect(make.file(at.folder).build()).rejects.toBeInstanceOf(UploadError);
    await expect(make.rows([{day: new Date(NaN)}]).build()).rejects.toThrow("the date is invalid");
    expect(at.calls.filter((line) => !line.includes("_local"))).toEqual([]);
  });

  it("is gone again when its upload fails for good, with every trace", async () => {
    const temporary = await mkdtemp(join(at.folder, "tmp-"));
    vi.stubEnv("TMPDIR", temporary);
    onTestFinished(() => void vi.unstubAllEnvs());
    await at.faults({kind: "error", status: 503, path: "/object-store/"});
    const failing = at.app.dataset.new("Failing").csv("a\n1\n").build();
    await expect(failing).rejects.toBeInstanceOf(UploadError);
    await expect(failing).rejects.toThrow(/upload of dataset "Failing", part 1 of 1: .*503.*given up/);
    await expect(failing).rejects.not.toThrow(/[?&]signature|expires=/i);
    expect(await names()).not.toContain("Failing");
    expect(at.calls.filter((line) => line.includes("complete-dataset-multipart-upload"))).toHaveLength(1);
    expect(await readdir(temporary)).toEqual([]);
  });

  it("survives a store that fails in passing", async () => {
    await at.faults(
      {kind: "error", path: "/object-store/", times: 1},
      {kind: "drop", path: "/object-store/", times: 1}
    );
    const dataset = await at.app.dataset.new("Passing").csv("a\n1\n").build();
    expect(await textOf(dataset)).toBe("a\n1\n");
  });

  it("whose data the platform can't read says so, and is gone", async () => {
    await at.faults({
      kind: "answer",
      path: "/component/confirm-dataset-upload",
      body: {status: "FAILED"}
    });
    const failing = at.app.dataset.new("Broken").csv("a\n1\n").build();
    await expect(failing).rejects.toThrow(/couldn't read them as a dataset \(FAILED\)/);
    expect(await names()).not.toContain("Broken");
  });

  it("of which the log says nothing is no success", async () => {
    await at.faults({kind: "answer", path: "/component/get-dataset-log", body: {dataset_log: []}});
    const failing = at.app.dataset.new("Unlogged").csv("a\n1\n").build();
    await expect(failing).rejects.toThrow("its log has no such upload");
  });

  it("that can't be deleted again is told of by its id", async () => {
    await at.faults(
      {kind: "expire"},
      {kind: "error", path: "/component/delete-dataset"},
      {kind: "error", path: "/component/complete-dataset-multipart-upload"}
    );
    const failing = at.app.dataset.new("Left").csv("a\n1\n").build();
    await expect(failing).rejects.toThrow("the object store refused");
    await at.faults();
    const {datasetId} = await at.app.datasets.get("Left");
    expect(at.warnings).toEqual([expect.stringContaining(datasetId)]);
    expect(at.calls.filter((line) => line.includes("delete-dataset"))).toHaveLength(1);
  });

  it("is given up as soon as the signal aborts", async () => {
    const stop = new AbortController();
    await at.faults({kind: "answer", path: "/component/confirm-dataset-upload", body: {status: "RUNNING"}});
    const reason = new Error("enough");
    const building = at.app.dataset
      .new("Stopped")
      .csv("a\n1\n")
      .build({signal: stop.signal, onProgress: () => stop.abort(reason)});
    await expect(building).rejects.toBe(reason);
    expect(await names()).not.toContain("Stopped");
  });
});

describe("a dataset", () => {
  it("gets new data, and keeps the old when that fails", async () => {
    const dataset = await at.app.dataset.new("Edited").csv("a\n1\n").build();
    await dataset.editData({rows: [{a: 1, b: 2}]});
    expect(await textOf(dataset)).toBe("a,b\n1,2\n");
    expect(Object.keys(dataset.dataTypes)).toEqual(["a", "b"]);
    await at.faults({kind: "expire"});
    await expect(dataset.editData({csv: "c\n3\n"})).rejects.toBeInstanceOf(UploadError);
    await at.faults();
    expect(await textOf(dataset)).toBe("a,b\n1,2\n");
    await expect(dataset.editData({csv: ""})).rejects.toThrow("Dataset is empty");
  });

  it("gives rows whose times are dates, to the millisecond, and which it takes again", async () => {
    const csv = "at,n\n2024-01-02T03:04:05.678912Z,1\n2024-01-02T03:04:06Z,\n";
    const dataset = await at.app.dataset.new("Timed").csv(csv).build();
    const rows = [
      {at: new Date("2024-01-02T03:04:05.678Z"), n: 1},
      {at: new Date("2024-01-02T03:04:06Z"), n: null}
    ];
    expect(await dataset.rows()).toEqual(rows);
    await dataset.editData({rows: await dataset.rows()});
    expect(await dataset.rows()).toEqual(rows);
  });

  it("is renamed, opened to agents and deleted", async () => {
    const dataset = await at.app.dataset.new("Old name").csv("a\n1\n").agentAccess(true).build();
    expect(dataset.agentAccess).toBe(true);
    expect(await dataset.updateAgentAccess(false)).toMatchObject({agentAccess: false});
    expect((await dataset.describe()).agentAccess).toBe(false);
    expect(await dataset.rename("New name")).toBe(dataset);
    expect(dataset.name).toBe("New name");
    expect((await dataset.describe()).name).toBe("New name");
    await dataset.delete();
    expect(await names()).not.toContain("New name");
  });
});
