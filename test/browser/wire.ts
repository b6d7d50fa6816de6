// A wire to a server that can be cut: a browser's own "offline" leaves open connections alone.
import {connect, createServer, type AddressInfo, type Socket} from "node:net";

export interface Wire {
  /** Where the server answers through the wire, without a trailing slash. */
  url: string;
  /** Breaks every connection, and each new one, until `restore`. */
  cut: () => void;
  restore: () => void;
  close: () => Promise<void>;
}

/** Lays a wire to a server on this machine. */
export async function layWire(target: string): Promise<Wire> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((socket) => {
    if (isCut) return void socket.destroy();
    const other = connect(Number(new URL(target).port), "127.0.0.1");
    for (const [one, two] of [
      [socket, other],
      [other, socket]
    ] as const) {
      sockets.add(one);
      one.pipe(two);
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
    restore: () => (isCut = false),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      })
  };
}
