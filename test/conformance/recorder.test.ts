// The recorder passes everything on as it came, and what it notes can be compared.
import {createServer} from "node:http";
import {once} from "node:events";
import type {AddressInfo} from "node:net";
import {buffer} from "node:stream/consumers";
import {expect, it, onTestFinished} from "vitest";
import {comparable, record, type RecordedRequest} from "./recorder.js";

/** A server that answers with what it was asked, and names itself in it; and a recorder before it. */
async function echo() {
  const seen: {url: string; key: unknown; body: string}[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      seen.push({url: request.url!, key: request.headers["api-key"], body: body.toString()});
      response.setHeader(
        "content-type",
        request.url === "/csv" ? "text/csv" : "application/json; charset=utf-8"
      );
      response
        .writeHead(request.url === "/missing" ? 404 : 200)
        .end(JSON.stringify({url: `${target}/object`}));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const recorder = await record(target);
  onTestFinished(async () => {
    await recorder.close();
    server.close();
    server.closeAllConnections();
  });
  return {seen, target, recorder};
}

it("passes requests on and notes them in order, without their headers", async () => {
  const {seen, recorder} = await echo();
  const body = '{"project": {"name": "Größe"}}';
  const headers = {"content-type": "application/json", "api-key": "secret"};
  await fetch(`${recorder.baseUrl}/component/create-project`, {method: "POST", headers, body});
  await fetch(`${recorder.baseUrl}/component/get-project?name=a%20b&fetch_all=True`, {headers});
  await fetch(`${recorder.baseUrl}/object-store/1`, {method: "PUT", body: "a,b\n1,2\n"});
  expect(seen[0]).toEqual({url: "/component/create-project", key: "secret", body});
  expect(recorder.take()).toEqual([
    {method: "POST", path: "/component/create-project", query: {}, body: {project: {name: "Größe"}}},
    {method: "GET", path: "/component/get-project", query: {name: "a b", fetch_all: "True"}},
    {method: "PUT", path: "/object-store/1", query: {}, body: "a,b\n1,2\n"}
  ]);
  expect(recorder.take()).toEqual([]);
});

it("leads the platform's own URLs through itself, in JSON and nowhere else", async () => {
  const {target, recorder} = await echo();
  const ask = async (path: string) => (await fetch(recorder.baseUrl + path)).text();
  expect(await ask("/json")).toBe(JSON.stringify({url: `${recorder.baseUrl}/object`}));
  expect(await ask("/csv")).toBe(JSON.stringify({url: `${target}/object`}));
});

it("answers with the platform's own status, and breaks the connection when there is no platform", async () => {
  const {recorder} = await echo();
  expect((await fetch(`${recorder.baseUrl}/missing`)).status).toBe(404);
  const lonely = await record("http://127.0.0.1:9");
  onTestFinished(() => lonely.close());
  await expect(fetch(lonely.baseUrl)).rejects.toThrow();
});

it("compares requests without ids, times, etags and signatures", () => {
  const requests = (app: string, dataset: string, time: string): RecordedRequest[] => [
    {method: "GET", path: "/component/get-dataset", query: {project_id: app, dataset_id: dataset}},
    {
      method: "POST",
      path: "/component/edit-dataset",
      query: {},
      body: {
        dataset: {dataset_id: dataset, name: "Sales 1764000000"},
        start_time: time,
        etags: {1: `"${"a".repeat(32)}"`}
      }
    },
    {method: "GET", path: `/object-store/datasets/${dataset}`, query: {Expires: time, Signature: time + app}}
  ];
  const [a, b, c] = ["A", "B", "C"].map((letter) => letter.repeat(27)) as [string, string, string];
  const compared = comparable(requests(a, b, "1764000000"));
  expect(compared).toEqual(comparable(requests(b, c, "1764000099")));
  expect(compared).not.toEqual(comparable(requests(a, a, "1764000000")));
  expect(compared[1]!.body).toEqual({
    dataset: {dataset_id: "<id 2>", name: "Sales 1764000000"},
    start_time: "<time>",
    etags: {1: "<etag>"}
  });
  expect(compared[2]).toEqual({method: "GET", path: "/object-store/datasets/<id 2>", query: {}});
});
