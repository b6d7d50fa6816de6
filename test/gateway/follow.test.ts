// A site that another process publishes: it is served without a restart, pages are told, and none of them lacks a file.
import {readFile, realpath, rename, rm} from "node:fs/promises";
import {request} from "node:http";
import {join} from "node:path";
import {describe, expect, it, onTestFinished, vi} from "vitest";
import {followSite, markOf} from "../../lib/gateway/follow-site.js";
import type {Publication} from "../../lib/gateway-api/index.js";
import {publishEdition, rollback} from "../../lib/site/editions.js";
import {dataFile, rows, siteFiles} from "../site/support.js";
import {ask, start, temporaryFolder, write} from "./support.js";

const publish = async (root: string, value: string, keep = 3) =>
  (await publishEdition({root, built: await write(join(root, "built"), siteFiles(value)), keep})).edition.id;

const heading = async (url: string) => /<h1>(.*)<\/h1>/.exec((await ask(url, "/")).body)?.[1];
const served = (url: string, value: string) =>
  vi.waitFor(async () => expect(await heading(url)).toBe(value), {timeout: 40_000, interval: 20});

/** The gateway says so a moment after it serves it. */
const isEdition = (url: string, id: string) =>
  vi.waitFor(
    async () => expect(JSON.parse((await ask(url, "/api/health")).body)).toMatchObject({edition: id}),
    {timeout: 40_000, interval: 20}
  );

async function project() {
  const root = await temporaryFolder();
  const first = await publish(root, "first");
  return {root, first, ...(await start({site: {folder: join(root, "dist")}}))};
}

/** The publications that a page is told of. */
function listen(url: string): Publication[] {
  const told: Publication[] = [];
  const asking = request(url, {path: "/api/events", agent: false}, (response) => {
    let text = "";
    response.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
      const events = text.split("\n\n");
      text = events.pop()!;
      for (const event of events) {
        if (!/^event: publication$/m.test(event)) continue;
        told.push(JSON.parse(/^data: (.*)$/m.exec(event)![1]!) as Publication);
      }
    });
    response.on("error", () => undefined);
  });
  asking.on("error", () => undefined).end();
  onTestFinished(() => void asking.destroy());
  return told;
}

it("a site that was seen before it was told of is taken once", async () => {
  const root = await temporaryFolder();
  await publish(root, "first");
  const folder = join(root, "dist");
  const taken: string[] = [];
  const followed = followSite(folder, await markOf(folder), {
    take: async (folder) => void taken.push(await realpath(folder)),
    onNew: () => Promise.resolve(),
    log: () => undefined
  });
  onTestFinished(() => followed.close());
  await publish(root, "second");
  const second = await realpath(folder);
  await vi.waitFor(() => expect(taken).toEqual([second]), {timeout: 40_000});
  await followed.swap(folder);
  expect(taken).toEqual([second]);
  const other = await write(join(root, "other"), siteFiles("other"));
  await followed.swap(other);
  await followed.swap(folder);
  expect(taken).toEqual([second, await realpath(other), second]);
  await followed.swap(other);
  await followed.swap(other); // its files may be others
  expect(taken.slice(3)).toEqual([await realpath(other), await realpath(other)]);
});

describe("what another process publishes", () => {
  it("is served, and pages that are open are told where their data is now", async () => {
    const {root, url} = await project();
    const told = listen(url);
    const second = await publish(root, "second");
    await served(url, "second");
    await vi.waitFor(() => expect(told).toHaveLength(1), {timeout: 40_000});
    expect(told[0]).toMatchObject({run: null, files: {"data/x.csv": `/${dataFile("second")}`}});
    await isEdition(url, second);
  });

  it("can be gone back from", async () => {
    const {root, url, first} = await project();
    await publish(root, "second");
    await served(url, "second");
    await rollback({root});
    await served(url, "first");
    await isEdition(url, first);
    expect((await ask(url, `/${dataFile("second")}`)).body).toBe(rows("second"));
  });

  it("leaves pages that are open all that they name, after a restart too", async () => {
    const {root, url} = await project();
    for (const value of ["a", "b", "c", "d"]) await publish(root, value, 2);
    await served(url, "d");
    const again = await start({site: {folder: join(root, "dist")}});
    for (const gateway of [url, again.url]) {
      for (const value of ["c", "d"]) {
        expect((await ask(gateway, `/${dataFile(value)}`)).body).toBe(rows(value));
      }
    }
  });

  it("may be a plain folder that takes the place of another", async () => {
    const root = await temporaryFolder();
    await write(join(root, "dist"), siteFiles("first"));
    const {url} = await start({site: {folder: join(root, "dist")}});
    await write(join(root, "next"), siteFiles("second"));
    await rename(join(root, "dist"), join(root, "before"));
    await rename(join(root, "next"), join(root, "dist"));
    await served(url, "second");
    expect((await ask(url, `/${dataFile("first")}`)).body).toBe(rows("first"));
  });

  it("and is no site leaves the one before, which is said once", async () => {
    const {root, url, log} = await project();
    await write(join(root, "empty"), {"robots.txt": ""});
    await rm(join(root, "dist"));
    await rename(join(root, "empty"), join(root, "dist"));
    await vi.waitFor(
      () => expect(log).toEqual([expect.stringMatching(/site before is served on: There is no built site/)]),
      {
        timeout: 40_000
      }
    );
    expect(await heading(url)).toBe("first");
    const {body} = await ask(url, "/metrics");
    expect(body).toMatch(/^ikigai_publications_total\{outcome="refused"\} [1-9]/m);
    await rm(join(root, "dist"), {recursive: true});
    await publish(root, "second");
    await served(url, "second");
  });
});

it(
  "gives every page that is asked for while sites are swapped, and each file that it names, whole",
  {timeout: 120_000},
  async () => {
    const {root, url} = await project();
    let publishing = true;
    const publisher = (async () => {
      for (let i = 0; i < 6; ++i) await publish(root, `edition ${i}`);
      publishing = false;
    })();
    const seen = new Set<string>();
    const faults: string[] = [];
    const view = async () => {
      // The gateway follows a moment later.
      while (publishing || !seen.has("edition 5")) {
        const page = await ask(url, "/");
        const value = /<h1>(.*)<\/h1>/.exec(page.body)?.[1] ?? "";
        seen.add(value);
        for (const [name, content] of Object.entries(siteFiles(value)).filter(([name]) =>
          name.startsWith("_")
        )) {
          const {status, body} = await ask(url, `/${name}`);
          if (status !== 200 || body !== content) faults.push(`${value}: ${name}: ${status}`);
        }
      }
    };
    await Promise.all([publisher, view(), view(), view(), view()]);
    expect(faults).toEqual([]);
    expect(seen.size).toBeGreaterThan(1);
    expect(await readFile(join(root, "dist/robots.txt"), "utf8")).toBe("edition 5");
  }
);
