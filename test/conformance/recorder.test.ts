// The recorder passes everything on as it came, and what it notes can be compared.
import {createServer, type RequestListener} from "node:http";
import {once} from "node:events";
import type {AddressInfo} from "node:net";
import {buffer} from "node:stream/consumers";
import {expect, it, onTestFinished} from "vitest";
import {record} from "./recorder.js";

async function listening(answer: RequestListener) {
  const server = createServer(answer);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {server, target: `http://127.0.0.1:${(server.address() as AddressInfo).port}`};
}

/** A server that answers with what it was asked, and names itself in it; and a recorder before it. */
async function echo() {
  const seen: {url: string; key: unknown; body: string}[] = [];
  const {server, target} = await listening((request, response) => {
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
  const recorder = await record(target);
  onTestFinished(async () => {
    await recorder.close();
    server.close();
    server.closeAllConnections();
  });
  return {seen, target, recorder};
}

it("passes requests on and notes them in order, without the key", async () => {
  const {seen, recorder} = await echo();
  const body = '{"project": {"name": "Größe"}}';
  const json = {"content-type": "application/json"};
  const headers = {...json, user: "bob@example.com", "api-key": "secret"};
  await fetch(`${recorder.baseUrl}/component/create-project`, {method: "POST", headers, body});
  await fetch(`${recorder.baseUrl}/component/get-project?name=a%20b&fetch_all=True`, {headers});
  const csv = {"content-type": "text/csv"};
  await fetch(`${recorder.baseUrl}/object-store/1`, {method: "PUT", headers: csv, body: "a,b\n1,2\n"});
  expect(seen[0]).toEqual({url: "/component/create-project", key: "secret", body});
  const signed = {...json, user: "bob@example.com", "api-key": "<key>"};
  const project = {name: "Größe"};
  expect(recorder.take()).toMatchObject([
    {method: "POST", path: "/component/create-project", query: {}, headers: signed, body: {project}},
    {method: "GET", path: "/component/get-project", query: {name: "a b", fetch_all: "True"}, headers: signed},
    {method: "PUT", path: "/object-store/1", query: {}, headers: csv, body: "a,b\n1,2\n"}
  ]);
  expect(recorder.take()).toEqual([]);
});

it("names what the platform made by its kind and number", async () => {
  const answers = [
    {dataset_id: "d1"},
    {dataset_id: "d2"},
    {dataset_id: "d1"},
    {project_id: "p1"},
    {token: "t"},
    null
  ];
  const {server, target} = await listening((_, response) => {
    response.setHeader("content-type", "application/json").end(JSON.stringify(answers.shift()));
  });
  const recorder = await record(target);
  onTestFinished(async () => {
    await recorder.close();
    server.close();
    server.closeAllConnections();
  });
  while (answers.length > 0) await fetch(recorder.baseUrl, {method: "POST"});
  expect([...recorder.made]).toEqual([
    ["d1", "dataset 1"],
    ["d2", "dataset 2"],
    ["p1", "project 1"]
  ]);
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
