// Lets Framework's preview answer nobody but the gateway. Framework looks at neither Host nor Origin: a page of another site could read
// the data by a name of its own that leads to this machine (DNS rebinding), or by a WebSocket.
import {timingSafeEqual} from "node:crypto";
import {Server, type IncomingMessage, type ServerResponse} from "node:http";
import type {Duplex} from "node:stream";

/** The header by which the preview knows the gateway. */
export const secretHeader = "x-ikigai-preview-secret";

export interface GatewayOnly {
  /** The preview's own port; other servers of the process stay as they are. */
  port: number;
  /** What the gateway sends in {@link secretHeader}. */
  secret: string;
  /** Where to go instead, such as `http://127.0.0.1:3000/`. */
  address: string;
}

/**
 * From now on, the server that listens at the port in this process answers only requests and WebSockets that carry the secret, and all
 * others with 403. Framework makes its server itself, so that of all servers is changed.
 */
export function answerGatewayOnly({port, secret, address}: GatewayOnly): void {
  const message = `This port is only for ikigai-kit dev itself. Open ${address} instead.\n`;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- it is called with its server
  const {emit} = Server.prototype;
  Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]) {
    const asks = event === "request" || event === "upgrade";
    if (!asks || !isAt(this, port) || knows(args[0] as IncomingMessage, secret))
      return (emit as (...all: unknown[]) => boolean).call(this, event, ...args);
    if (event === "request") refuse(args[1] as ServerResponse, message);
    else refuseSocket(args[1] as Duplex, message);
    return true;
  } as typeof emit;
}

/** A server that has stopped listening has no port, but may still be asked: it is refused, too. */
function isAt(server: Server, port: number): boolean {
  const address = server.address();
  return address === null || typeof address === "string" || address.port === port;
}

function knows({headers}: IncomingMessage, secret: string): boolean {
  const given = Buffer.from(String(headers[secretHeader] ?? ""));
  const right = Buffer.from(secret);
  return given.length === right.length && timingSafeEqual(given, right);
}

const headers = (message: string) => ({
  "content-type": "text/plain; charset=utf-8",
  "content-length": Buffer.byteLength(message),
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  connection: "close"
});

const refuse = (response: ServerResponse, message: string): void =>
  void response.writeHead(403, headers(message)).end(message);

function refuseSocket(socket: Duplex, message: string): void {
  // Node listens no longer: an error that nobody hears would end the preview.
  socket.on("error", () => socket.destroy());
  const lines = Object.entries(headers(message)).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 403 Forbidden\r\n${lines.join("")}\r\n${message}`, () => socket.destroy());
}
