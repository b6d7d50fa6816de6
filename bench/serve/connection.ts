// A connection that asks for one thing after another and does no more than it must, so that it is the server that is measured.
import {connect, type Socket} from "node:net";

export interface Got {
  status: number;
  encoding: string | undefined;
  body: Buffer;
}

export class Connection {
  readonly #socket: Socket;
  #got: Buffer[] = [];
  #size = 0;
  #head: {status: number; encoding: string | undefined; length: number; begins: number} | undefined;
  #waiting: {resolve: (got: Got) => void; reject: (error: Error) => void} | undefined;

  private constructor(port: number) {
    this.#socket = connect(port, "127.0.0.1").setNoDelay(true);
    this.#socket.on("data", (chunk) => this.#take(chunk));
    this.#socket.on("error", (error) => this.#waiting?.reject(error));
    this.#socket.on("close", () =>
      this.#waiting?.reject(new Error("The connection was closed in an answer."))
    );
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const connection = new Connection(port);
      connection.#socket.once("connect", () => resolve(connection)).once("error", reject);
    });
  }

  get(path: string, accepted: string): Promise<Got> {
    return new Promise((resolve, reject) => {
      this.#waiting = {resolve, reject};
      this.#socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: ${accepted}\r\n\r\n`);
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#got.push(chunk);
    this.#size += chunk.length;
    if (!this.#head) {
      const all = Buffer.concat(this.#got);
      this.#got = [all];
      const end = all.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = all.toString("latin1", 0, end);
      this.#head = {
        status: Number(head.slice(9, 12)),
        encoding: /^content-encoding: (\S+)/im.exec(head)?.[1],
        length: Number(/^content-length: (\d+)/im.exec(head)?.[1]),
        begins: end + 4
      };
      if (Number.isNaN(this.#head.length)) throw new Error(`An answer without its length: ${head}`);
    }
    const {status, encoding, length, begins} = this.#head;
    if (this.#size < begins + length) return;
    const body = Buffer.concat(this.#got).subarray(begins);
    const waiting = this.#waiting!;
    [this.#got, this.#size, this.#head, this.#waiting] = [[], 0, undefined, undefined];
    waiting.resolve({status, encoding, body});
  }
}
