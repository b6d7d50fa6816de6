// What goes wrong: lanes that go on at the same time, each with moments and kinds of its own, drawn from the seed.
import {setTimeout as sleep} from "node:timers/promises";
import {fillDisk, freeDisk} from "../disk.js";
import type {Records} from "./records.js";
import type {World} from "./world.js";

export interface TroubleOptions {
  world: World;
  records: Records;
  /** A generator of its own for each lane: what one draws doesn't depend on how the others go. */
  random: (lane: number) => () => number;
  log: (line: string) => void;
  /** Ends all troubles; what they broke is whole again when `troubles` resolves. */
  signal: AbortSignal;
  /** Ends the kills of the gateway, so that its memory can be watched. */
  noMoreKills: AbortSignal;
}

/** One thing that goes wrong: resolves when it is over. */
interface Lane {
  /** Seconds between two, at least and at most. */
  every: readonly [number, number];
  signal?: AbortSignal;
  happen: (random: () => number, pause: (from: number, to: number) => Promise<void>) => Promise<string>;
}

export async function troubles(options: TroubleOptions): Promise<void> {
  const {random, log, signal, records} = options;
  const running = Object.entries(lanes(options)).map(async ([name, lane], i) => {
    const draw = random(i);
    const pause = async (from: number, to: number) => {
      await sleep(1000 * (from + draw() * (to - from)), undefined, {signal}).catch(() => undefined);
    };
    while (!signal.aborted && !lane.signal?.aborted) {
      await pause(...lane.every);
      if (signal.aborted || lane.signal?.aborted) break;
      const what = await lane.happen(draw, pause);
      records.count(what);
      log(what);
    }
    log(`${name}: over`);
  });
  await Promise.all(running);
}

function lanes({world, noMoreKills}: TroubleOptions): Record<string, Lane> {
  const {gateway, platform, wire, clock, root, data, hasDisks, change, publish} = world;
  const disk = (folder: string, name: string): Lane => ({
    every: [8, 20],
    async happen(random, pause) {
      await untilTaken(() => fillDisk(folder, Math.floor(random() * 64)));
      await pause(2, 8);
      await untilTaken(() => freeDisk(folder));
      return `${name} full and freed`;
    }
  });
  return {
    gateway: {
      every: [10, 30],
      signal: noMoreKills,
      async happen() {
        await gateway.kill();
        await gateway.start();
        return "gateway killed";
      }
    },
    platform: {
      every: [10, 30],
      async happen(_, pause) {
        await platform.kill();
        await pause(0, 4);
        await platform.start();
        return "platform killed";
      }
    },
    network: {
      every: [5, 15],
      async happen(random, pause) {
        const kind = (["cut", "slow", "torn"] as const)[Math.floor(random() * 3)]!;
        if (kind === "cut") wire.cut();
        else if (kind === "slow") wire.slow(200 + random() * 1_000);
        else wire.tear(() => Math.floor(random() * 4_000));
        await pause(2, 8);
        wire.restore();
        return `network ${kind}`;
      }
    },
    clock: {
      every: [10, 25],
      async happen(random, pause) {
        // From a second to 400 days.
        clock.set(-1000 * Math.round((400 * 86_400) ** random()));
        await pause(3, 10);
        clock.set(0);
        return "clock set back and right again";
      }
    },
    publication: {
      every: [4, 15],
      async happen(random, pause) {
        await change();
        const kill = new AbortController();
        const ending = publish(kill.signal);
        if (random() < 0.4) void pause(0, 8).then(() => kill.abort());
        const {code} = await ending;
        return code === null ? "publication killed" : `publication ended with ${code}`;
      }
    },
    ...(hasDisks && {
      projectDisk: disk(root, "the project's disk"),
      platformDisk: disk(data, "the platform's disk")
    })
  };
}

/** A disk that others write to may be smaller than it was a moment ago. */
async function untilTaken(work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; ; ++i) {
    try {
      await work();
      return;
    } catch (error) {
      if (i > 50) throw error;
      await sleep(50);
    }
  }
}
