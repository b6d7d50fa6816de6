// A server that answers each request as the next step of a script says, and keeps what it was asked.
import {createServer, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";
import {onTestFinished} from "vitest";

/** Answers one request, in whatever way a server can, or can fail to. */
export type Step = (request: IncomingMessage, response: ServerResponse) => void;

export interface Asked {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
  at: number;
}

export interface ScriptedServer {
  baseUrl: string;
  asked: Asked[];
}

/** Starts a server on loopback for one test. The last step answers all further requests, too. */
export async function scriptedServer(...steps: Step[]): Promise<ScriptedServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const step = steps[Math.min(asked.length, steps.length - 1)]!;
    const entry: Asked = {
      method: request.method!,
      url: request.url!,
      headers: request.headers,
      body: "",
      at: performance.now()
    };
    asked.push(entry);
    request.setEncoding("utf8").on("data", (text: string) => (entry.body += text));
    request.on("end", () => step(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked};
}

/** Answers with JSON. */
export const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Step =>
  (_, response) => {
    response.writeHead(status, {"content-type": "application/json", ...headers}).end(JSON.stringify(value));
  };

/** Answers with text. */
export const text =
  (body: string, status = 200, headers: Record<string, string> = {}): Step =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };

/** Breaks the connection without an answer. */
export const drop: Step = (request) => request.socket.destroy();

/** Promises `length` bytes, sends `body`, and breaks the connection. */
export const cut =
  (body: string, length: number, headers: Record<string, string> = {}, status = 200): Step =>
  (request, response) => {
    response.writeHead(status, {...headers, "content-length": String(length)});
    response.write(body, () => setImmediate(() => request.socket.destroy()));
  };

/** Never answers. */
export const hang: Step = () => {};

/** Answers one chunk after another, `pause` milliseconds apart. */
export const trickle =
  (chunks: string[], pause: number, headers: Record<string, string> = {}): Step =>
  (_, response) => {
    response.writeHead(200, headers);
    const rest = [...chunks];
    const next = () => {
      const chunk = rest.shift();
      if (chunk !== undefined) return void response.write(chunk);
      clearInterval(timer);
      response.end();
    };
    const timer = setInterval(next, pause);
    next();
    response.on("close", () => clearInterval(timer));
  };
