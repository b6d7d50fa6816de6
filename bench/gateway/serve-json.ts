// Serves what a program under measurement has recorded, as JSON for its parent.
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";

/** Serves what `read` returns at the time of the request, and returns the URL. It doesn't keep the process alive. */
export async function serveJson(read: () => unknown): Promise<string> {
  const server = createServer((_request, response) => response.end(JSON.stringify(read())));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Milliseconds of a clock that all processes of this machine share. */
export const clock = () => Number(process.hrtime.bigint()) / 1e6;
