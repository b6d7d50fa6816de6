// How much memory the processes of a browser's pages take.
import {readFile} from "node:fs/promises";
import type {Browser} from "playwright-core";

/** Bytes of resident memory of the largest page process, WebAssembly and workers included. Linux only; undefined elsewhere. */
export async function tabMemory(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession();
  try {
    const {processInfo} = await session.send("SystemInfo.getProcessInfo");
    const sizes = await Promise.all(
      processInfo
        .filter(({type}) => type === "renderer")
        .map(async ({id}) => {
          const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
          return 1024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? NaN);
        })
    );
    const known = sizes.filter((size) => !Number.isNaN(size));
    return known.length ? Math.max(...known) : undefined;
  } finally {
    await session.detach();
  }
}
