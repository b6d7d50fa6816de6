// How soon a page shows its first chart with a cold cache, and how much it has fetched by then, its workers' fetches included.
import type {Browser, CDPSession} from "playwright-core";
import {watchPainting} from "./painted.js";

export interface FirstChart {
  /** From the navigation until the frame with the chart's marks was drawn. */
  milliseconds: number;
  /** As they came over the line, with headers, of all answers that were complete by then. */
  bytes: number;
  requests: number;
}

export interface Slow {
  bitsPerSecond: number;
  /** Milliseconds. */
  latency: number;
  /** How many times slower the CPU is. */
  slowdown: number;
}

export async function firstChart(browser: Browser, url: string, slow?: Slow): Promise<FirstChart> {
  const context = await browser.newContext({viewport: {width: 1280, height: 900}});
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const traffic = await watchTraffic(session);
    if (slow) {
      const bytes = slow.bitsPerSecond / 8;
      await session.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: slow.latency,
        downloadThroughput: bytes,
        uploadThroughput: bytes
      });
      await session.send("Emulation.setCPUThrottlingRate", {rate: slow.slowdown});
    }
    await page.addInitScript(watchPainting);
    await page.goto(url, {waitUntil: "commit"});
    const painted = await page.waitForFunction(
      () => (globalThis as {firstChart?: number}).firstChart,
      undefined,
      {
        timeout: 60_000
      }
    );
    const milliseconds = (await painted.jsonValue())!;
    return {milliseconds, ...traffic.until(milliseconds)};
  } finally {
    await context.close();
  }
}

interface Finished {
  /** Seconds of the browser's own clock. */
  at: number;
  bytes: number;
}

/** Notes what the page and its workers fetch. */
async function watchTraffic(session: CDPSession) {
  const finished: Finished[] = [];
  let began = NaN;
  const note = ({timestamp, encodedDataLength}: {timestamp: number; encodedDataLength: number}) =>
    finished.push({at: timestamp, bytes: encodedDataLength});
  session.on("Network.requestWillBeSent", ({timestamp}) => {
    if (Number.isNaN(began)) began = timestamp;
  });
  session.on("Network.loadingFinished", note);
  // A worker has a session of its own, whose messages come wrapped in this one's.
  session.on("Target.attachedToTarget", ({sessionId}) => {
    for (const [id, method] of ["Network.enable", "Runtime.runIfWaitingForDebugger"].entries())
      void session
        .send("Target.sendMessageToTarget", {sessionId, message: JSON.stringify({id: id + 1, method})})
        .catch(() => undefined); // it has ended meanwhile
  });
  session.on("Target.receivedMessageFromTarget", ({message}) => {
    const {method, params} = JSON.parse(message) as {method?: string; params: Parameters<typeof note>[0]};
    if (method === "Network.loadingFinished") note(params);
  });
  await session.send("Network.enable");
  await session.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false
  });
  return {
    until(milliseconds: number): Pick<FirstChart, "bytes" | "requests"> {
      const before = finished.filter(({at}) => at <= began + milliseconds / 1e3);
      return {bytes: before.reduce((sum, {bytes}) => sum + bytes, 0), requests: before.length};
    }
  };
}
