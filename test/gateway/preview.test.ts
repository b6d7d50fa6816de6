// The preview behind the gateway: who is let in through the gateway, and that nobody gets past it.
import {createHash} from "node:crypto";
import {createServer, request, type IncomingMessage, type Server} from "node:http";
import {connect, type AddressInfo} from "node:net";
import {describe, expect, it, onTestFinished} from "vitest";
import {answerGatewayOnly, secretHeader} from "../../lib/site/gateway-only.js";
import {ask, code, start, type Asked} from "./support.js";

const secret = "the-secret-between-gateway-and-preview";
const address = "http://127.0.0.1:3000/";

/** A server like Framework's: it answers every Host, and accepts WebSockets of every Origin. */
async function serve(): Promise<{server: Server; url: string; port: number; seen: IncomingMessage[]}> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    const body = "<!DOCTYPE html><head></head>the data";
    response
      .setHeader("content-type", "text/html; charset=utf-8")
      .setHeader("content-length", body.length)
      .end(body);
  });
  server.on("upgrade", (request, socket) => {
    seen.push(request);
    const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}${webSocketId}`);
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        `Sec-WebSocket-Accept: ${accept.digest("base64")}\r\n\r\n`
    );
    socket.write(Buffer.from([0x81, 5, ...Buffer.from("hello")]));
    socket.on("data", () => socket.end()).on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const {port} = server.address() as AddressInfo;
  return {server, url: `http://127.0.0.1:${port}`, port, seen};
}

/** What RFC 6455 has servers add to the key. */
const webSocketId = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** A preview that answers only a gateway, and such a gateway. */
async function startPreview() {
  const preview = await serve();
  answerGatewayOnly({port: preview.port, secret, address});
  const gateway = await start({site: {upstream: preview.url, secret}});
  return {preview, gateway};
}

/** Asks for a WebSocket; gives the status, and the text of the first frame or of the refusal. */
const openSocket = (url: string, headers: Asked["headers"] = {}) =>
  new Promise<{status: number; body: string}>((resolve, reject) => {
    const handshake = {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": Buffer.alloc(16).toString("base64")
    };
    const options = {path: "/_observablehq", headers: {...handshake, ...headers}, agent: false as const};
    request(url, options)
      .on("upgrade", ({statusCode}, socket, head) => {
        const done = (frame: Buffer) => {
          resolve({status: statusCode!, body: frame.subarray(2).toString()});
          socket.destroy();
        };
        if (head.length > 0) done(head);
        else socket.once("data", done);
      })
      .on("response", (response) => {
        let body = "";
        response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
        response.on("end", () => resolve({status: response.statusCode!, body}));
      })
      .on("error", reject)
      .end();
  });

const refusal = {
  status: 403,
  body: `This port is only for ikigai-kit dev itself. Open ${address} instead.\n`
};

describe("the preview's own port", () => {
  it.each([
    ["nothing that proves it", {}],
    ["the gateway's Host", {host: "127.0.0.1:3000"}],
    ["a foreign Host", {host: "evil.example.com"}],
    ["an empty secret", {[secretHeader]: ""}],
    ["a wrong secret", {[secretHeader]: secret.replace(/.$/, "x")}],
    ["a part of the secret", {[secretHeader]: secret.slice(0, -1)}],
    ["the secret twice", {[secretHeader]: [secret, secret]}],
    ["a secret of other letters", {[secretHeader]: "é".repeat(secret.length)}]
  ])("refuses requests and WebSockets with %s, and says where to go", async (_, headers) => {
    const {preview} = await startPreview();
    for (const method of ["GET", "POST", "OPTIONS"])
      expect(await ask(preview.url, "/", {method, headers})).toMatchObject(refusal);
    expect((await ask(preview.url, "/", {method: "HEAD", headers})).status).toBe(403);
    expect(await openSocket(preview.url, headers)).toEqual(refusal);
    expect(await openSocket(preview.url, {...headers, origin: address.slice(0, -1)})).toEqual(refusal);
    expect(preview.seen).toEqual([]);
  });

  it("answers who has the secret", async () => {
    const {preview} = await startPreview();
    const headers = {[secretHeader]: secret};
    expect(await ask(preview.url, "/", {headers})).toMatchObject({
      status: 200,
      body: expect.stringContaining("the data") as string
    });
    expect(await openSocket(preview.url, headers)).toEqual({status: 101, body: "hello"});
  });

  it("refuses on a connection that outlives the server's listening, and survives one that is cut", async () => {
    const {preview} = await startPreview();
    const socket = connect(preview.port, "127.0.0.1");
    let text = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    await new Promise((resolve) => preview.server.once("connection", resolve));
    const cut = connect(preview.port, "127.0.0.1");
    await new Promise<void>((resolve) =>
      cut.write("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", () =>
        resolve()
      )
    );
    cut.resetAndDestroy();
    preview.server.close();
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    await closed;
    expect(text).toMatch(/^HTTP\/1\.1 403 /);
  });

  it("leaves other servers of its process as they are", async () => {
    await startPreview();
    const other = await serve();
    expect((await ask(other.url, "/")).status).toBe(200);
    expect((await openSocket(other.url)).status).toBe(101);
  });
});

describe("through the gateway", () => {
  it("comes all of a file that has fewer bytes than are wanted of its end", async () => {
    const {preview, gateway} = await startPreview();
    for (const range of ["bytes=-65536", "bytes=-10", "bytes=0-3"])
      await ask(gateway.url, "/_file/data/x.parquet", {headers: {range}});
    const asked = preview.seen.filter(({method}) => method === "GET");
    expect(asked.map(({headers}) => headers.range)).toEqual([undefined, "bytes=-10", "bytes=0-3"]);
  });

  it("come pages and WebSockets, and the secret stays inside", async () => {
    const {preview, gateway} = await startPreview();
    const page = await ask(gateway.url, "/", {headers: {[secretHeader]: "what a page may send"}});
    expect([page.status, page.body]).toEqual([200, expect.stringContaining("the data")]);
    expect(await openSocket(gateway.url, {origin: gateway.url})).toEqual({status: 101, body: "hello"});
    expect(preview.seen.map(({headers}) => headers[secretHeader])).toEqual([secret, secret]);
    expect(JSON.stringify([page, gateway.log])).not.toContain(secret);
  });

  it.each([
    "evil.example.com",
    "evil.example.com:3000",
    "127.0.0.1.evil.example.com",
    "localhost.evil.example.com",
    "192.168.1.5"
  ])("comes nobody who names %s, which leads here", async (host) => {
    const {preview, gateway} = await startPreview();
    for (const path of ["/", "/_file/data/sales.csv", "/_import/x.js"]) {
      const answer = await ask(gateway.url, path, {headers: {host}});
      expect([answer.status, code(answer)]).toEqual([403, "forbidden"]);
    }
    // A page of that name is of the same origin as what it asks, as far as the browser knows.
    const headers = {host, origin: `http://${host}`, "sec-fetch-site": "same-origin"};
    expect((await openSocket(gateway.url, headers)).status).toBe(403);
    expect(preview.seen).toEqual([]);
  });

  it.each([
    ["none", {}],
    ["another site's", {origin: "https://evil.example.com"}],
    ["that of another port", {origin: "http://127.0.0.1:1"}],
    ["that of another name of this machine", {origin: "http://localhost"}],
    ["that of a sandboxed frame", {origin: "null"}]
  ])("comes no WebSocket whose Origin is %s", async (_, headers) => {
    const {preview, gateway} = await startPreview();
    const {status, body} = await openSocket(gateway.url, headers);
    expect([status, code({status, body, headers: {}})]).toEqual([403, "origin"]);
    expect(preview.seen).toEqual([]);
  });

  it("comes nothing that another site's page could embed", async () => {
    const {gateway} = await startPreview();
    const {headers} = await ask(gateway.url, "/", {headers: {origin: "https://evil.example.com"}});
    expect(headers).toMatchObject({"cross-origin-resource-policy": "same-origin", "x-frame-options": "DENY"});
    expect(headers).not.toHaveProperty("access-control-allow-origin");
  });
});
