// The stream of events: nothing is lost over a broken connection, and a page that reads slowly costs no memory.
import {once} from "node:events";
import {createServer, type ServerResponse} from "node:http";
import {connect, type AddressInfo, type Socket} from "node:net";
import {describe, expect, it, onTestFinished, vi} from "vitest";
import type {Hello, Run} from "../../lib/gateway-api/index.js";
import {EventStream} from "../../lib/gateway/runs/stream.js";
import {Events, gateway, world} from "./runs-support.js";

const at = world();

const run = (id: string, progress: number, message = ""): Run => ({
  id,
  flow: "f",
  status: "running",
  progress,
  variables: {},
  user: null,
  createdAt: "2024-01-01T00:00:00.000Z",
  startedAt: "2024-01-01T00:00:00.000Z",
  endedAt: null,
  message,
  facet: null,
  data: null
});

interface Served {
  stream: EventStream;
  url: string;
  port: number;
  responses: ServerResponse[];
}

/** A stream behind a server of its own. */
async function served(hello: () => Hello = () => ({runs: [], publication: null})): Promise<Served> {
  const stream = new EventStream(hello);
  const responses: ServerResponse[] = [];
  const server = createServer((request, response) => {
    responses.push(response);
    stream.open(response, {"x-own": "1"}, request.headers["last-event-id"]?.toString());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    stream.close();
    server.close();
    server.closeAllConnections();
  });
  const {port} = server.address() as AddressInfo;
  return {stream, url: `http://127.0.0.1:${port}`, port, responses};
}

const open = (url: string, lastEventId?: string) =>
  Events.open(url, lastEventId === undefined ? {} : {"last-event-id": lastEventId});

const progressOf = ({seen}: Events) => seen.map(({name, data}) => (name === "run" ? data.progress : name));

describe("the stream of events", () => {
  it("begins with how all stands, and says so to proxies too", async () => {
    const {page} = await gateway(at);
    const {body} = await page.requestRun("reforecast", {ms: 300});
    const stream = await page.events();
    const {id, data} = await stream.until(({name}) => name === "hello");
    expect(id).toMatch(/^[0-9a-f]+-\d+$/);
    expect(data).toMatchObject({runs: [{id: body.id}], publication: null});
    expect(Object.fromEntries(stream.response.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no"
    });
    await page.ended(body.id);
  });

  it("goes on where a page lost it", async () => {
    const {stream, url} = await served();
    const first = await open(url);
    stream.run(run("a", 1));
    const {id} = await first.until(({name}) => name === "run");
    first.close();
    stream.run(run("a", 2));
    stream.run(run("b", 3));
    stream.run(run("a", 4));
    const again = await open(url, id);
    stream.run(run("b", 5));
    await again.until(({data}) => "progress" in data && data.progress === 5);
    // Each event says all of its run, so that of those missed the last is enough.
    expect(progressOf(again)).toEqual([3, 4, 5]);
  });

  it("begins again for a page of an earlier gateway, one that was away too long, and one with a wrong id", async () => {
    const {stream, url} = await served(() => ({runs: [run("a", 99)], publication: null}));
    const first = await open(url);
    const {id} = await first.until(({name}) => name === "hello");
    for (let n = 0; n < 1001; n++) stream.run(run("a", n % 100));
    const last = `${id.split("-")[0]}-1001`;
    const boot = last.split("-")[0]!;
    for (const stale of [id, "00-3", `${boot}-1002`, `${boot}-99999999999999999999`, "x", "", `${boot}-`]) {
      const page = await open(url, stale);
      expect(await page.until(() => true)).toMatchObject({
        id: last,
        name: "hello",
        data: {runs: [{id: "a"}]}
      });
    }
    const upToDate = await open(url, last);
    stream.run(run("b", 7));
    expect(await upToDate.until(() => true)).toMatchObject({name: "run", data: {id: "b"}});
  });

  it("keeps no backlog for a page that doesn't read, and gives it the latest when it does", async () => {
    const {stream, port, responses} = await served();
    const socket = await slowReader(port);
    await expect.poll(() => responses.length).toBe(1);
    const long = "x".repeat(10_000);
    for (let n = 1; n <= 3_000; n++) {
      stream.run(run("a", n % 101, long));
      // Lets the connection take what it can.
      if (n % 100 === 0) await new Promise(setImmediate);
    }
    expect(responses[0]!.writableLength).toBeLessThan(100_000);
    stream.run(run("a", 12.5, "the latest"));
    let text = "";
    socket.on("data", (bytes) => (text += bytes.toString()));
    socket.resume();
    await expect.poll(() => text.includes("the latest")).toBe(true);
    expect(text.split("event: run").length).toBeLessThan(2_000);
  });

  it("shows a sign of life, and drops who takes nothing for a minute", async () => {
    vi.useFakeTimers({toFake: ["setInterval", "clearInterval", "performance"]});
    onTestFinished(() => void vi.useRealTimers());
    const {stream, port, responses, url} = await served();
    const page = await open(url);
    await page.until(() => true);
    const socket = await slowReader(port);
    await expect.poll(() => responses.length).toBe(2);
    const [reading, blocked] = responses as [ServerResponse, ServerResponse];
    const written = vi.spyOn(reading, "write");
    vi.advanceTimersByTime(15_000);
    expect(written).toHaveBeenCalledWith(":\n\n");
    for (let n = 1; n <= 2_000 && !blocked.writableNeedDrain; n++) {
      stream.run(run("a", 1, "x".repeat(10_000)));
      await new Promise(setImmediate);
    }
    vi.advanceTimersByTime(80_000);
    expect([blocked.destroyed, reading.destroyed]).toEqual([true, false]);
    socket.destroy();
  });
});

/** A page that asks for events and then reads nothing. */
async function slowReader(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  onTestFinished(() => void socket.destroy());
  socket.pause();
  socket.write("GET /events HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n");
  return socket;
}
