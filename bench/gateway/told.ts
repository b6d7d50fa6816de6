// What a program under measurement has to tell: its parent fetches it as JSON.
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";

/** Serves what `tell` gives at the time, and returns where. It doesn't keep the process alive. */
export async function told(tell: () => unknown): Promise<string> {
  const server = createServer((_request, response) => response.end(JSON.stringify(tell())));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Milliseconds of a clock that all processes of this machine share. */
export const clock = () => Number(process.hrtime.bigint()) / 1e6;
