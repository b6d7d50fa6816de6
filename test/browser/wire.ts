// A wire to a server that can be cut, slow, or tear: a browser's own "offline" leaves open connections alone.
import {connect, createServer, type AddressInfo, type Socket} from "node:net";
import {Transform} from "node:stream";

export interface Wire {
  /** Where the server answers through the wire, without a trailing slash. */
  url: string;
  /** Breaks every connection, and each new one, until `restore`. */
  cut: () => void;
  /** Keeps each piece of what passes for so many milliseconds, until `restore`. */
  slow: (milliseconds: number) => void;
  /** Breaks each connection after so many more bytes of what the server answers, until `restore`. */
  tear: (bytes: () => number) => void;
  restore: () => void;
  close: () => Promise<void>;
}

/** Lays a wire to a server on this machine. */
export async function layWire(target: string): Promise<Wire> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let delay = 0;
  let bytesLeft = () => Infinity;
  const server = createServer((socket) => {
    if (isCut) return void socket.destroy();
    const other = connect(Number(new URL(target).port), "127.0.0.1");
    let left = bytesLeft();
    const pass = (isAnswer: boolean) =>
      new Transform({
        transform(chunk: Buffer, _, done) {
          if (isAnswer) left = Math.min(left, bytesLeft()) - chunk.length;
          if (left < 0) {
            this.push(chunk.subarray(0, chunk.length + left));
            return void setImmediate(() => other.destroy());
          }
          if (delay > 0) setTimeout(() => done(null, chunk), delay);
          else done(null, chunk);
        }
      });
    for (const [one, two] of [
      [socket, other],
      [other, socket]
    ] as const) {
      sockets.add(one);
      one.pipe(pass(one === other)).pipe(two);
      one
        .on("error", () => two.destroy())
        .on("close", () => {
          sockets.delete(one);
          two.destroy();
        });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    slow: (milliseconds) => void (delay = milliseconds),
    tear: (bytes) => void (bytesLeft = bytes),
    restore() {
      isCut = false;
      delay = 0;
      bytesLeft = () => Infinity;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      })
  };
}
