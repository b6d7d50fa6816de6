// Pages that watch a gateway: URL COUNT. They tell when each got which event.
import {Agent, request, type IncomingMessage} from "node:http";
import {tellParent} from "../platform/parent.js";
import {clock, serveJson} from "./serve-json.js";

export interface SeenEvents {
  /** Viewers that are connected. */
  connected: number;
  /** For each event by its id: what it was, and when each viewer had it. */
  events: Record<string, {status: string; at: number[]}>;
}

const [url, count] = process.argv.slice(2);
const agent = new Agent({keepAlive: false, maxSockets: Infinity});
const seen: SeenEvents = {connected: 0, events: {}};

function read(response: IncomingMessage): void {
  let text = "";
  response.setEncoding("utf8").on("data", (chunk: string) => {
    const at = clock();
    const blocks = (text + chunk).split("\n\n");
    text = blocks.pop()!;
    for (const block of blocks) {
      const [, id, name] = /^id: (.+)\nevent: (.+)\n/.exec(block) ?? [];
      if (name === "hello") seen.connected++;
      if (name !== "run") continue;
      const status = /"status":"(\w+)"/.exec(block)![1]!;
      (seen.events[id!] ??= {status, at: []}).at.push(at);
    }
  });
}

for (let n = 0; n < Number(count); n++) {
  request(`${url}/api/events`, {agent}, read)
    .on("error", () => undefined)
    .end();
}
tellParent(await serveJson(() => seen), async () => agent.destroy());
