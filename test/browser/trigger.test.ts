// Starting flows from a page, in a real browser before a gateway that does what each test tells it.
import axe from "axe-core";
import type {Browser, BrowserContext, Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, beforeEach, describe, expect, it} from "vitest";
import {variableFault, type Run, type Variable} from "../../lib/gateway-api/index.js";
import type * as Trigger from "../../lib/trigger/index.js";
import {bundledPage} from "../charts/bundled-page.js";
import {
  flowInfo,
  refusal,
  runOf,
  scriptedGateway,
  type ScriptedGateway
} from "../trigger/scripted-gateway.js";
import {launchChromium, patience} from "./chromium.js";
import {serveStatic} from "./static-server.js";

declare const trigger: typeof Trigger;
/** What a test leaves in the page to look at later. */
declare const seen: Record<string, unknown>;

const variables = {
  horizon: {type: "integer", label: "Horizon", min: 1, max: 52, default: 12, help: "Months ahead."},
  sector: {type: "choice", label: "Sector", options: ["All", "Retail"], default: "All"},
  since: {type: "date", label: "Data since", max: "2015-12-31"},
  backtest: {type: "boolean", label: "Backtest as well", default: true},
  note: {type: "text", label: "Note", pattern: "[A-Za-z ]*"}
} satisfies Record<string, Variable>;

let page: Awaited<ReturnType<typeof bundledPage>>;
let gateway: ScriptedGateway;
let browser: Browser;
let context: BrowserContext;
let tab: Page;
let errors: string[];

beforeAll(async () => {
  page = await bundledPage(
    `import * as trigger from "./lib/trigger/index.ts"; Object.assign(globalThis, {trigger, seen: {}});`
  );
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await page?.remove();
});

beforeEach(async () => {
  gateway = await scriptedGateway(page.folder);
  context = await browser.newContext();
  context.setDefaultTimeout(patience);
  errors = [];
  context.on("weberror", (error) => errors.push(String(error.error().stack)));
});

afterEach(async () => {
  await context.close();
  await gateway.stop();
  expect(errors).toEqual([]);
});

/** Opens the page. */
async function open(url = gateway.url): Promise<Page> {
  tab = await context.newPage();
  await tab.goto(url);
  await tab.waitForFunction(() => "trigger" in globalThis);
  return tab;
}

/** Opens the page and puts the form of "reforecast" into it. */
async function openForm(): Promise<Page> {
  await open();
  await tab.evaluate(() => {
    const form = trigger.form("reforecast");
    seen.values = [];
    form.addEventListener("input", () => (seen.values as unknown[]).push(form.value?.status));
    document.querySelector("main")!.append(form);
  });
  await tab.locator("ikigai-form:not([aria-busy])").waitFor();
  return tab;
}

const presses = () => gateway.asked.filter(({method}) => method === "POST");
const asked = (path: string) => gateway.asked.filter((request) => request.path === path).length;
const button = (name: string | RegExp = "Run") => tab.getByRole("button", {name, exact: true});
const field = (label: string) => tab.getByLabel(label, {exact: true});
const says = (text: string | RegExp) => tab.locator("ikigai-form").getByText(text).first().waitFor();
const status = () => tab.locator("ikigai-form .ikigai-standing strong");
const until = (isSo: () => boolean) => expect.poll(isSo).toBe(true);

describe("the builder", () => {
  it("starts one run with its variables, and gives each change of it", async () => {
    await open();
    const told = tab.evaluate(async () => {
      const told: unknown[] = [];
      const progress: unknown[] = [];
      const run = await trigger
        .flow("reforecast")
        .variables({horizon: 24})
        .onProgress((run) => progress.push(run.status))
        .start();
      for await (const {status, progress} of run) told.push([status, progress]);
      const result = await run.result();
      return {told, progress, result, id: run.id, joined: run.joined};
    });
    await until(() => gateway.runs.length === 1 && gateway.streams() === 1);
    await until(() => asked("runs/run-1") === 0);
    for (const change of [
      {status: "running", progress: 40},
      {progress: 80},
      {status: "done"}
    ] as Partial<Run>[]) {
      gateway.run({id: "run-1", ...change});
    }
    const {told: changes, ...rest} = await told;
    // What comes between two looks is skipped; the first and the last state never are.
    expect(changes).toEqual(
      expect.arrayContaining([
        ["scheduled", null],
        ["done", 80]
      ])
    );
    expect(rest).toMatchObject({
      progress: ["scheduled", "running", "running", "done"],
      result: {id: "run-1", status: "done", variables: {horizon: 24}},
      id: "run-1",
      joined: false
    });
    const [press, ...more] = presses();
    expect(more).toEqual([]);
    expect(press).toMatchObject({path: "flows/reforecast/runs", body: {variables: {horizon: 24}}});
    expect(press!.headers).toMatchObject({
      "x-ikigai-kit": "1",
      "content-type": "application/json",
      "idempotency-key": expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
      ) as string
    });
    await until(() => gateway.streams() === 0); // nobody listens any more
  });

  it("leaves what it was made from as it was", async () => {
    await open();
    const given = await tab.evaluate(() => {
      const flow = trigger.flow("reforecast").variables({horizon: 1});
      const other = flow.variables({sector: "Retail"});
      return [flow.given, other.given];
    });
    expect(given).toEqual([{horizon: 1}, {horizon: 1, sector: "Retail"}]);
  });

  it("throws what failed, with the facet and the log's words", async () => {
    await open();
    const error = tab.evaluate(async () => {
      const run = await trigger.flow("reforecast").start();
      return run
        .result()
        .catch(({name, code, message, facet}: Trigger.TriggerError) => ({name, code, message, facet}));
    });
    await until(() => gateway.streams() === 1);
    const facet = {facetId: "f3", name: "Forecast", type: "AI_CAST"};
    gateway.run({id: "run-1", status: "failed", message: "no column employees", facet});
    expect(await error).toEqual({
      name: "TriggerError",
      code: "failed",
      message: 'flow "reforecast" failed in "Forecast" (AI_CAST): no column employees',
      facet
    });
  });

  it("sends the same press again while nothing answers, and joins what it finds", async () => {
    await open();
    gateway.answer = ({method}) => (method === "POST" && presses().length <= 2 ? "break" : undefined);
    const joined = await tab.evaluate(async () => (await trigger.flow("reforecast").start()).joined);
    expect(joined).toBe(false);
    const keys = presses().map(({headers}) => headers["idempotency-key"]);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
    expect(gateway.runs).toHaveLength(1);
  });

  it("goes on with a press that nothing answered, and makes another when it is answered", async () => {
    await open();
    gateway.answer = ({method}) => (method === "POST" ? {status: 502, body: "<html>"} : undefined);
    const flow = await tab.evaluateHandle(() => trigger.flow("reforecast"));
    const start = () =>
      flow.evaluate((flow) =>
        flow.start().then(
          () => "started",
          ({code}: Trigger.TriggerError) => code
        )
      );
    expect(await start()).toBe("network");
    gateway.answer = () => undefined;
    expect(await start()).toBe("started");
    expect(await start()).toBe("started");
    const keys = presses().map(({headers}) => headers["idempotency-key"]);
    expect(new Set(keys.slice(0, -1)).size).toBe(1);
    expect(keys.at(-1)).not.toBe(keys[0]);
  });

  it("tells a run that it joined from one that it started", async () => {
    await open();
    gateway.answer = ({method}) =>
      method === "POST"
        ? {status: 200, body: gateway.run({id: "run-9", user: "ann@example.com"})}
        : undefined;
    expect(await tab.evaluate(async () => (await trigger.flow("reforecast").start()).joined)).toBe(true);
  });

  it("gives the gateway's faults by variable", async () => {
    await open();
    const faults = {horizon: "should be at most 52"};
    gateway.answer = ({method}) =>
      method === "POST"
        ? {status: 422, body: refusal("variables", "Some values don't fit.", faults)}
        : undefined;
    const error = await tab.evaluate(() =>
      trigger
        .flow("reforecast")
        .variables({horizon: 99})
        .start()
        .catch(({code, message, faults}: Trigger.TriggerError) => ({code, message, faults}))
    );
    expect(error).toEqual({code: "variables", message: "Some values don't fit.", faults});
    expect(presses()).toHaveLength(1);
  });

  it("waits no longer than it is told to, and the run goes on", async () => {
    await open();
    const told = await tab.evaluate(async () => {
      const late = await trigger.flow("reforecast").timeout(50).start();
      const abort = new AbortController();
      const aborted = await trigger.flow("reforecast").signal(abort.signal).start();
      setTimeout(() => abort.abort(new Error("enough")), 50);
      return Promise.all(
        [late, aborted].map((run) =>
          run.result().catch(({code, message}: Trigger.TriggerError) => ({code, message, status: run.status}))
        )
      );
    });
    expect(told).toMatchObject([
      {code: "timeout", message: expect.stringContaining("It goes on") as string, status: "scheduled"},
      {message: "enough", status: "scheduled"}
    ]);
    await until(() => gateway.streams() === 0);
  });

  it("describes the flow, gives its last runs and its graph, and names the flows there are", async () => {
    gateway.runs = [runOf({id: "b"}), runOf({id: "a", status: "done"})];
    const graph = {facets: [{facetId: "f1", name: "", type: "IMPORTED", chain: "INPUT"}], arrows: []};
    gateway.answer = ({path}) => (path === "flows/reforecast/graph" ? {status: 200, body: graph} : undefined);
    await open();
    const told = await tab.evaluate(async () => {
      const flow = trigger.flow("reforecast");
      const [info, runs, graph, flows] = await Promise.all([
        flow.describe(),
        flow.runs({limit: 2}),
        flow.graph(),
        trigger.flows()
      ]);
      const unknown = await trigger
        .flow("reforcast")
        .describe()
        .catch((error: Error) => error.message);
      return {info, runs: runs.map(({id}) => id), graph, flows: flows.length, unknown};
    });
    expect(told).toEqual({
      info: flowInfo(),
      runs: ["b", "a"],
      graph,
      flows: 1,
      unknown: 'ikigai.config.ts allows no flow "reforcast": there are reforecast'
    });
    expect(asked("flows")).toBe(1);
  });

  it("saves a definition as a flow that can be started", async () => {
    const info = flowInfo({key: "saved:77", name: "What if", variables: {}});
    gateway.answer = ({method, path}) =>
      method === "POST" && path.startsWith("apps/") ? {status: 201, body: info} : undefined;
    await open();
    const told = await tab.evaluate(async () => {
      const definition = {toJSON: () => ({facets: [], arrows: []})};
      const flow = await trigger.app("US employment").save("What if", definition);
      await flow.start();
      return {key: flow.key, name: (await flow.describe()).name};
    });
    expect(told).toEqual({key: "saved:77", name: "What if"});
    expect(presses().map(({path, body}) => [path, body])).toEqual([
      ["apps/US%20employment/flows", {name: "What if", definition: {facets: [], arrows: []}}],
      ["flows/saved%3A77/runs", {variables: {}}]
    ]);
  });

  it("lists saved flows, and deletes one", async () => {
    const savedAt = new Date().toISOString();
    const info = {...flowInfo({key: "saved:77", name: "What if"}), user: null, savedAt, expiresAt: savedAt};
    gateway.answer = ({method, path}) => {
      if (method === "DELETE") return {status: 200, body: info};
      return path === "apps/US%20employment/flows" ? {status: 200, body: {flows: [info]}} : undefined;
    };
    await open();
    const names = await tab.evaluate(async () => {
      const app = trigger.app("US employment");
      const flows = await app.saved();
      await app.delete(flows[0]!.key);
      return flows.map(({name}) => name);
    });
    expect(names).toEqual(["What if"]);
    expect(gateway.asked.filter(({method}) => method === "DELETE").map(({path}) => path)).toEqual([
      "flows/saved%3A77"
    ]);
  });
});

describe("what refreshes", () => {
  it("waits for the files that are named, and calls what is to be called", async () => {
    await open();
    const told = tab.evaluate(async () => {
      const called: unknown[] = [];
      const run = await trigger
        .flow("reforecast")
        .reload("data/employment-latest.arrow", ({data}) => called.push(data?.status))
        .start();
      seen.isWaiting = true;
      const {data} = await run.result();
      return {called, status: data?.status};
    });
    await tab.waitForFunction(() => seen.isWaiting);
    await until(() => gateway.streams() === 1);
    gateway.run({id: "run-1", status: "done", data: {status: "publishing", message: "", at: null}});
    gateway.run({id: "run-1", data: {status: "published", message: "", at: null}});
    expect(await told).toEqual({called: ["published"], status: "published"});
  });

  it("waits for a part of what the flow writes", async () => {
    await open();
    await tab.evaluate(() =>
      trigger.flow("reforecast").reload("data/employment-latest.2024.parquet").start()
    );
    expect(presses()).toHaveLength(1);
  });

  it("says before anything runs that the flow doesn't write a file", async () => {
    await open();
    const message = await tab.evaluate(() =>
      trigger
        .flow("reforecast")
        .reload("data/weather.parquet")
        .start()
        .catch((error: Error) => error.message)
    );
    expect(message).toMatch(/doesn't write data\/weather\.parquet: it writes employment-latest/);
    expect(presses()).toEqual([]);
  });

  it("reloads the page when nothing is named, once the data is there", async () => {
    await open();
    await tab.evaluate(() => trigger.flow("reforecast").reload().start());
    await until(() => gateway.streams() === 1);
    const loaded = tab.waitForEvent("load");
    gateway.run({id: "run-1", status: "done", data: {status: "published", message: "", at: null}});
    await loaded;
  });

  it("tells that the data couldn't be published", async () => {
    await open();
    const message = tab.evaluate(async () => {
      const run = await trigger.flow("reforecast").reload("data/employment-latest.arrow").start();
      return run.result().catch((error: Error) => error.message);
    });
    await until(() => gateway.streams() === 1);
    gateway.run({id: "run-1", status: "done", data: {status: "failed", message: "disk full", at: null}});
    expect(await message).toBe('flow "reforecast" succeeded, but its data couldn\'t be published: disk full');
  });
});

describe("the stream of events", () => {
  it("is one for the whole page, and none when nobody listens", async () => {
    await openForm();
    await tab.evaluate(() => {
      document.querySelector("main")!.append(trigger.form("reforecast"), trigger.news());
      void trigger.flow("reforecast").history().next();
    });
    await until(() => asked("flows/reforecast/runs?limit=10") === 2);
    expect(asked("events")).toBe(1);
    expect(gateway.streams()).toBe(1);
    await tab.evaluate(() => document.querySelector("main")!.replaceChildren());
    expect(gateway.streams()).toBe(1); // the history's
  });

  it("closes a while after the last element has left the page, and opens again for the next", async () => {
    await openForm();
    await until(() => gateway.streams() === 1);
    const form = await tab.evaluateHandle(() => document.querySelector("ikigai-form")!);
    await form.evaluate((form) => form.remove());
    await until(() => gateway.streams() === 0);
    await form.evaluate((form) => document.querySelector("main")!.append(form));
    await until(() => gateway.streams() === 1);
    gateway.run({id: "run-1", status: "running", progress: 7});
    await says(/7 %/);
  });

  it("follows a run over a gateway that is started again, with its end in between", async () => {
    await open();
    const result = tab.evaluate(async () => {
      const run = await trigger.flow("reforecast").start();
      seen.isStarted = true;
      return (await run.result()).message;
    });
    await tab.waitForFunction(() => seen.isStarted);
    await until(() => gateway.streams() === 1);
    await gateway.stop();
    gateway.runs = [runOf({status: "done", message: "ended meanwhile"})];
    await gateway.start();
    expect(await result).toBe("ended meanwhile");
    expect(presses()).toHaveLength(1);
  });

  it("lets go in a tab that nobody looks at, unless that tab waits for a run", async () => {
    tab = await context.newPage();
    await tab.clock.install();
    await tab.goto(gateway.url);
    await tab.waitForFunction(() => "trigger" in globalThis);
    await tab.evaluate(() => document.querySelector("main")!.append(trigger.form("reforecast")));
    await until(() => gateway.streams() === 1);
    const look = (isHidden: boolean) =>
      tab.evaluate((isHidden) => {
        Object.defineProperty(document, "hidden", {configurable: true, get: () => isHidden});
        document.dispatchEvent(new Event("visibilitychange"));
      }, isHidden);
    await look(true);
    await tab.clock.fastForward(21_000);
    await until(() => gateway.streams() === 0);
    await look(false);
    await until(() => gateway.streams() === 1);
    await button().click();
    await until(() => gateway.runs.length === 1);
    await button("Running …").waitFor();
    await look(true);
    await tab.clock.fastForward(21_000);
    gateway.run({id: "run-1", status: "running", progress: 9});
    await says(/^9 %/);
    expect(gateway.streams()).toBe(1);
  });

  it("comes back though a proxy answered for the gateway meanwhile", async () => {
    gateway.answer = ({path}) =>
      path === "events" && asked("events") < 3 ? {status: 502, body: "bad"} : undefined;
    await openForm();
    await until(() => gateway.streams() === 1);
    gateway.run({id: "run-1", status: "running", progress: 33});
    await says(/33 %/);
  });

  it("says of a run that the gateway has forgotten that its end isn't known", async () => {
    await open();
    const code = tab.evaluate(async () => {
      const run = await trigger.flow("reforecast").start();
      seen.isStarted = true;
      return run.result().catch(({code}: Trigger.TriggerError) => code);
    });
    await tab.waitForFunction(() => seen.isStarted);
    await until(() => gateway.streams() === 1);
    await gateway.stop();
    gateway.runs = [];
    await gateway.start();
    expect(await code).toBe("lost");
  });
});

describe("fresh data", () => {
  const now = "2026-03-01T12:00:00Z";
  const published = (hash: string) => ({
    at: now,
    run: "run-1",
    files: {"data/x.arrow": `/_file/data/x.${hash}.arrow`, "data/max.arrow": "/_file/data/max.aaaaaaaa.arrow"}
  });

  /** Puts a generator of data/x.arrow at work; what it gives is noted. */
  const watch = () =>
    tab.evaluate(() => {
      const href = new URL("./_file/data/x.00000001.arrow", location.href).href;
      const attachment = {name: "x.arrow", href, url: async () => attachment.href};
      const files = trigger.fresh(attachment);
      Object.assign(seen, {files, hrefs: []});
      void (async () => {
        for await (const file of files) (seen.hrefs as string[]).push(new URL(file.href).pathname);
      })();
    });
  const hrefs = () => tab.evaluate(() => seen.hrefs);

  it("is the file at first, and each new edition of it", async () => {
    await open();
    await watch();
    await until(() => gateway.streams() === 1);
    gateway.publish(published("00000001")); // another file's
    gateway.publish(published("00000002"));
    gateway.publish(published("00000003"));
    await expect.poll(hrefs).toContain("/_file/data/x.00000003.arrow");
    expect(((await hrefs()) as string[])[0]).toBe("/_file/data/x.00000001.arrow");
    await tab.evaluate(() => (seen.files as AsyncGenerator).return(undefined));
    await until(() => gateway.streams() === 0);
  });

  it("takes in what was published while the page was loading", async () => {
    gateway.publication = published("00000002");
    await open();
    await watch();
    await expect.poll(hrefs).toEqual(["/_file/data/x.00000001.arrow", "/_file/data/x.00000002.arrow"]);
  });

  describe("of a table of several files", () => {
    const files = (names: Record<string, string>) => ({
      at: now,
      run: "run-1",
      files: Object.fromEntries(
        Object.entries(names).map(([name, hash]) => [
          `data/${name}`,
          `/_file/data/${name.replace(/(\.\w+)$/, `.${hash}$1`)}`
        ])
      )
    });
    const a = "aaaaaaaa";
    const b = "bbbbbbbb";

    const watchAll = (names: readonly string[]) =>
      tab.evaluate((names) => {
        const parts = names.map((name) => {
          const href = new URL(`./_file/data/${name}`, location.href).href;
          const part = {name: name.replace(/\.[0-9a-f]{8}/, ""), href, url: async () => part.href};
          return part;
        });
        Object.assign(seen, {tables: []});
        void (async () => {
          for await (const table of trigger.fresh(parts))
            (seen.tables as unknown[]).push(
              table.map(({name, href}) => [name, new URL(href).pathname.split("/").at(-1)])
            );
        })();
      }, names);
    const tables = () => tab.evaluate(() => seen.tables as [string, string][][]);

    it("is all of the parts that the entry has now, at once", async () => {
      await open();
      await watchAll([`sales.2019.${a}.parquet`, `sales.2020.${a}.parquet`]);
      await until(() => gateway.streams() === 1);
      // Of another entry, and of this one nothing new.
      const same = {
        "sales.parquet": b,
        "sales.2019.parquet": a,
        "sales.2020.parquet": a,
        "sales.parts.json": a
      };
      gateway.publish(files({...same, "sales-other.2020.parquet": b, "sales-other.parts.json": b}));
      gateway.publish(
        files({
          ...{"sales.parquet": b, "sales.parts.json": b},
          ...{"sales.2020.parquet": b, "sales.2021.parquet": a, "sales-other.2020.parquet": b}
        })
      );
      await expect.poll(tables).toEqual([
        [
          ["sales.2019.parquet", `sales.2019.${a}.parquet`],
          ["sales.2020.parquet", `sales.2020.${a}.parquet`]
        ],
        [
          ["sales.2020.parquet", `sales.2020.${b}.parquet`],
          ["sales.2021.parquet", `sales.2021.${a}.parquet`]
        ]
      ]);
    });

    it("is the newest edition of each where they are no entry's parts", async () => {
      await open();
      await watchAll([`east.${a}.parquet`, `west.${a}.parquet`]);
      await until(() => gateway.streams() === 1);
      gateway.publish(files({"west.parquet": b, "north.parquet": b}));
      await expect
        .poll(async () => (await tables()).at(-1))
        .toEqual([
          ["east.parquet", `east.${a}.parquet`],
          ["west.parquet", `west.${b}.parquet`]
        ]);
    });

    /** In a page that attaches a part and the list of them. */
    const showNews = () =>
      tab.evaluate(
        (attached) => {
          const textContent = attached
            .map(
              (file) => `registerFile("./data/", {"name":"./data/","path":"./_file/data/${file}","size":1});`
            )
            .join("\n");
          document.body.append(
            Object.assign(document.createElement("script"), {type: "text/plain", textContent})
          );
          document.querySelector("main")!.append(trigger.news());
        },
        [`sales.2019.${a}.parquet`, `sales.parts.${a}.json`]
      );

    it("is told as news where no cell replaces it, also where there is only a part more", async () => {
      gateway.publication = files({"sales.2019.parquet": a, "sales.2020.parquet": a, "sales.parts.json": b});
      await open();
      await showNews();
      await tab.getByText("New data, from").waitFor();
      // Another page, in which a cell replaces it.
      await open();
      await watchAll([`sales.2019.${a}.parquet`]);
      await showNews();
      await expect.poll(async () => (await tables()).at(-1)?.length).toBe(2);
      expect(await tab.getByText("New data, from").count()).toBe(0);
    });
  });

  it("is told as news where the page shows an older edition, and only there", async () => {
    await open();
    await tab.evaluate(() => {
      const script = Object.assign(document.createElement("script"), {
        type: "text/plain",
        textContent: ["x.00000001.arrow", "catalog.00000001.json"]
          .map(
            (file) => `registerFile("./data/", {"name":"./data/","path":"./_file/data/${file}","size":1});`
          )
          .join("\n")
      });
      document.body.append(script);
      document.querySelector("main")!.append(trigger.news());
    });
    await until(() => gateway.streams() === 1);
    const news = tab.locator("ikigai-news");
    gateway.publish({at: now, run: null, files: {"data/y.arrow": "/_file/data/y.00000002.arrow"}});
    const catalog = {"data/catalog.json": "/_file/data/catalog.00000002.json"};
    gateway.publish({
      at: now,
      run: null,
      files: {"data/x.arrow": "/_file/data/x.00000001.arrow", ...catalog}
    });
    gateway.run({id: "run-1"}); // what was sent before has come
    await tab.evaluate(() => trigger.flow("reforecast").runs());
    expect(await news.textContent()).toBe("");
    gateway.publish({...published("00000002"), at: new Date(Date.now() - 121_000).toISOString()});
    await news.getByText("New data, from 2 minutes ago.").waitFor();
    expect(await news.getAttribute("role")).toBe("status");
    const loaded = tab.waitForEvent("load");
    await news.getByRole("button", {name: "Reload"}).click();
    await loaded;
  });

  it("is no news where a cell swaps it in", async () => {
    await open();
    await watch();
    await tab.evaluate(() => {
      const script = Object.assign(document.createElement("script"), {
        type: "text/plain",
        textContent: `registerFile("./data/x.arrow", {"path":"./_file/data/x.00000001.arrow"});`
      });
      document.body.append(script);
      document.querySelector("main")!.append(trigger.news());
    });
    await until(() => gateway.streams() === 1);
    gateway.publish(published("00000002"));
    await expect.poll(hrefs).toContain("/_file/data/x.00000002.arrow");
    expect(await tab.locator("ikigai-news").textContent()).toBe("");
  });
});

describe("the form", () => {
  beforeEach(() => {
    gateway.list = {viewer: "ann@example.com", flows: [flowInfo({variables})], definitions: []};
  });

  it("starts a run by the keyboard alone, and shows it to its end", async () => {
    await openForm();
    await tab.keyboard.press("Tab");
    expect(await field("Horizon").evaluate((input) => input === document.activeElement)).toBe(true);
    await tab.keyboard.press("Control+A");
    await tab.keyboard.type("24");
    await tab.keyboard.press("Enter");
    await button("Running …").waitFor();
    expect(presses()[0]?.body).toEqual({variables: {horizon: 24, sector: "All", backtest: true}});
    await until(() => gateway.streams() === 1);
    gateway.run({id: "run-1", status: "running", progress: 42, user: "ann@example.com"});
    await says(/^42 %/);
    expect(await tab.getByRole("progressbar", {name: "Running"}).getAttribute("value")).toBe("42");
    expect(await status().getAttribute("role")).toBe("status");
    await says("You started it just now with horizon 24, sector All, backtest true");
    gateway.run({
      id: "run-1",
      status: "done",
      message: "6 facets ran",
      data: {status: "publishing", message: "", at: null}
    });
    await says("Done, publishing the new data");
    gateway.run({id: "run-1", data: {status: "published", message: "", at: null}});
    await says("Done, and its data is published");
    await tab.getByText("Log").click();
    await says("6 facets ran");
    await expect.poll(() => button().getAttribute("aria-disabled")).toBeNull();
    await expect
      .poll(() => tab.evaluate(() => seen.values))
      .toEqual(["scheduled", "running", "done", "done"]);
  });

  it("says what is wrong as one types, in the gateway's words, and sends nothing", async () => {
    await openForm();
    const fault = async (
      label: string,
      type: () => Promise<void>,
      value: unknown,
      name: keyof typeof variables
    ) => {
      await type();
      const told = variableFault(variables[name], value)!;
      const text = told[0]!.toUpperCase() + told.slice(1);
      expect(await field(label).getAttribute("aria-invalid")).toBe("true");
      const described = (await field(label).getAttribute("aria-describedby"))!.split(" ")[0]!;
      expect(await tab.locator(`[id="${described}"]`).textContent()).toBe(text);
    };
    await fault("Horizon", () => field("Horizon").fill("77"), 77, "horizon");
    await fault("Horizon", () => field("Horizon").fill("1.5"), 1.5, "horizon");
    await fault("Horizon", () => field("Horizon").pressSequentially("e"), NaN, "horizon");
    await fault("Data since", () => field("Data since").fill("2016-01-01"), "2016-01-01", "since");
    await fault("Note", () => field("Note").fill("12"), "12", "note");
    await button().click();
    expect(await field("Horizon").evaluate((input) => input === document.activeElement)).toBe(true);
    expect(presses()).toEqual([]);
    await field("Horizon").fill("");
    expect(await field("Horizon").getAttribute("aria-invalid")).toBeNull(); // it takes the default
    await field("Data since").fill("2015-01-01");
    await field("Note").fill("");
    await button().click();
    await button("Running …").waitFor();
    expect(presses()[0]?.body).toEqual({variables: {sector: "All", since: "2015-01-01", backtest: true}});
  });

  it("shows the gateway's faults beside their fields, and other refusals below the button", async () => {
    let answer = {
      status: 422,
      body: refusal("variables", "Some values don't fit.", {horizon: "should be <b>less</b>"})
    };
    gateway.answer = ({method}) => (method === "POST" ? answer : undefined);
    await openForm();
    await button().click();
    await says("Should be <b>less</b>");
    expect(await field("Horizon").getAttribute("aria-invalid")).toBe("true");
    expect(await tab.getByRole("alert").textContent()).toBe("");
    answer = {status: 429, body: refusal("toomany", "Too many presses: try again in 20 s")};
    await field("Horizon").fill("3");
    await button().click();
    await tab.getByRole("alert").getByText("Too many presses: try again in 20 s.").waitFor();
  });

  it("keeps names, help, users and logs as text", async () => {
    const evil = `<img src=x onerror="seen.evil = true">`;
    gateway.list.flows = [
      flowInfo({
        label: evil,
        name: evil,
        app: evil,
        help: evil,
        variables: {a: {type: "choice", label: evil, help: evil, options: [evil]}}
      })
    ];
    const facet = {facetId: "f", name: evil, type: evil};
    gateway.runs = [runOf({status: "failed", user: evil, message: evil, facet, variables: {a: evil}})];
    await openForm();
    await says(new RegExp("^Failed in "));
    expect(await tab.locator("ikigai-form img").count()).toBe(0);
    expect(await tab.locator("ikigai-form pre").textContent()).toBe(evil);
    expect(await tab.evaluate(() => seen.evil)).toBeUndefined();
  });

  it("shows in two browsers the run that one of them started", async () => {
    await openForm();
    const first = tab;
    gateway.list = {...gateway.list, viewer: "bob@example.com"};
    await openForm();
    await first.getByRole("button", {name: "Run"}).click();
    await until(() => gateway.runs.length === 1 && gateway.streams() === 2);
    gateway.run({id: "run-1", status: "running", progress: 10, user: "ann@example.com"});
    await says(/^10 %/);
    await says(/^ann@example\.com started it/);
    await first.getByText(/^10 %/).waitFor();
    await button("Running …").waitFor();
  });

  it("says that it joined a run, and whose", async () => {
    gateway.list.viewer = "bob@example.com";
    gateway.answer = ({method}) =>
      method === "POST"
        ? {status: 200, body: gateway.run({id: "run-9", status: "running", progress: 5, user: "Ann"})}
        : undefined;
    await openForm();
    await button().click();
    await says("Ann's run was under way already, so no second one was started.");
  });

  it("lets another run wait where the config says so", async () => {
    gateway.list.flows = [flowInfo({whenRunning: "queue"})];
    gateway.runs = [runOf({id: "run-0", status: "running", user: "Bob"})];
    await openForm();
    gateway.answer = ({method}) =>
      method === "POST" ? {status: 201, body: gateway.run({id: "run-1", status: "queued"})} : undefined;
    await button("Run after this one").click();
    await says("Waiting for the run before it");
    expect(await tab.getByRole("progressbar").getAttribute("value")).toBeNull();
  });

  it("can't be used by viewers who aren't its users, and says why", async () => {
    gateway.list.flows = [flowInfo({variables, mayRun: false})];
    await openForm();
    await says(`ann@example.com can't start this flow: only the "users" that ikigai.config.ts gives it can.`);
    expect(await button().isDisabled()).toBe(true);
    expect(await field("Horizon").isDisabled()).toBe(true);
  });

  it("sends one press for two quick clicks", async () => {
    await openForm();
    await button().evaluate((element: HTMLElement) => (element.click(), element.click()));
    await until(() => gateway.runs.length === 1);
    await button("Running …").waitFor();
    expect(presses()).toHaveLength(1);
  });

  it("asks for the token where the gateway does, and goes on", async () => {
    let isSignedIn = false;
    gateway.answer = ({path, body}) => {
      if (isSignedIn) return undefined;
      if (path !== "session") return {status: 401, body: refusal("signin", "Sign in first.")};
      if ((body as {token: string}).token !== "a long token") {
        return {status: 401, body: refusal("signin", "That isn't the token.")};
      }
      isSignedIn = true;
      return {status: 204, body: undefined};
    };
    await openForm();
    await field("Access token").fill("another");
    await button("Sign in").click();
    await tab.getByRole("alert").getByText("That isn't the token.").waitFor();
    await field("Access token").fill("a long token");
    await tab.keyboard.press("Enter");
    await button().waitFor();
    await until(() => gateway.streams() === 1);
  });

  it("says what is wrong when it can't be drawn, and tries again", async () => {
    gateway.answer = ({path}) => (path === "flows" ? {status: 502, body: "bad"} : undefined);
    await openForm();
    await tab
      .getByRole("alert")
      .getByText(/status 502/)
      .waitFor();
    gateway.answer = () => undefined;
    await button("Try again").click();
    await button().waitFor();
  });

  it("says that it is offline, keeps what it shows, and goes on by itself", async () => {
    await openForm();
    gateway.run({id: "run-1", status: "running", progress: 42});
    await says(/^42 %/);
    await context.setOffline(true);
    await gateway.stop();
    await says(/^This device is offline\. This is the last known state/);
    await says(/^42 %/);
    await gateway.start();
    await context.setOffline(false);
    await until(() => gateway.streams() === 1);
    gateway.run({id: "run-1", progress: 80});
    await says(/^80 %/);
    await expect.poll(() => tab.locator(".ikigai-remark").textContent()).toBe("");
  });

  it("asks with an Observable input of the page's own", async () => {
    await open();
    await tab.evaluate(() => {
      // As Inputs makes them: a form with a label, a field and a value.
      const own = document.createElement("form");
      const input = Object.assign(document.createElement("input"), {type: "number", id: "own", value: "7"});
      const label = Object.assign(document.createElement("label"), {htmlFor: "own", textContent: "Weeks"});
      own.append(label, input);
      const element = Object.defineProperty(own, "value", {
        get: () => input.valueAsNumber
      }) as HTMLFormElement & {value: number};
      document.querySelector("main")!.append(trigger.form("reforecast", {inputs: {horizon: element}}));
    });
    await button().waitFor();
    await field("Weeks").fill("99");
    await says("Should be at most 52");
    await field("Weeks").fill("9");
    await button().click();
    await button("Running …").waitFor();
    expect(presses()[0]?.body).toMatchObject({variables: {horizon: 9}});
  });

  it("begins with what the flow was given, and refreshes what it was told to", async () => {
    await open();
    await tab.evaluate(() => {
      const flow = trigger.flow("reforecast").variables({horizon: 3}).reload();
      document.querySelector("main")!.append(trigger.form(flow));
    });
    await button().waitFor();
    expect(await field("Horizon").inputValue()).toBe("3");
    await button().click();
    await until(() => gateway.runs.length === 1 && gateway.streams() === 1);
    const loaded = tab.waitForEvent("load");
    gateway.run({id: "run-1", status: "done"});
    await loaded;
  });

  it("needs no leave from a strict Content-Security-Policy for its styles", async () => {
    gateway.csp =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:";
    gateway.runs = [runOf({status: "running", progress: 50})];
    await open();
    await tab.evaluate(() => {
      seen.violations = [];
      addEventListener("securitypolicyviolation", ({violatedDirective, sourceFile}) =>
        (seen.violations as unknown[]).push([violatedDirective, sourceFile])
      );
      document.querySelector("main")!.append(trigger.form("reforecast"), trigger.news());
    });
    await button("Running …").waitFor();
    expect(await tab.evaluate(() => seen.violations)).toEqual([]);
    expect(await button("Running …").evaluate((element) => getComputedStyle(element).borderRadius)).toBe(
      "6px"
    );
  });
});

describe("without a gateway", () => {
  const known = [
    {...flowInfo({variables}), url: "https://app.example.com/flow/1"},
    {...flowInfo({key: "evil", label: "Evil"}), url: "javascript:alert(1)"}
  ];
  let site: Awaited<ReturnType<typeof serveStatic>>;
  beforeAll(async () => {
    site = await serveStatic(page.folder);
  });
  afterAll(() => site?.close());

  it("asks nobody, shows what the flow is and the command that runs it, and breaks nothing", async () => {
    await open(site.url);
    const requests: string[] = [];
    tab.on("request", (request) => requests.push(request.url()));
    const told = await tab.evaluate(async (known) => {
      const main = document.querySelector("main")!;
      main.append(trigger.form("reforecast", {flows: {json: async () => known}}), trigger.news());
      main.append(trigger.form("unheard-of"), trigger.form("evil", {flows: known}));
      const attachment = {href: "/_file/data/x.00000001.arrow"};
      const first = await trigger.fresh(attachment).next();
      return {
        isAttachment: first.value === attachment,
        runs: await trigger.flow("reforecast").runs(),
        history: (await trigger.flow("reforecast").history().next()).value,
        flows: (await trigger.flows(known)).map(({key, mayRun}) => [key, mayRun]),
        none: await trigger.flows(),
        start: await trigger
          .flow("reforecast")
          .variables({horizon: 3})
          .start()
          .catch((error: Error) => error.message)
      };
    }, known);
    expect(told).toEqual({
      isAttachment: true,
      runs: [],
      history: [],
      flows: [
        ["reforecast", false],
        ["evil", false]
      ],
      none: [],
      start:
        'this page is served without a gateway, so it can\'t start flow "reforecast". Run it with: npx ikigai-kit run reforecast --set horizon=3'
    });
    const form = tab.locator("ikigai-form").first();
    await form.getByRole("heading", {name: "Re-forecast"}).waitFor();
    const command = form.locator("code");
    await expect
      .poll(() => command.textContent())
      .toBe("npx ikigai-kit run reforecast --set horizon=12 --set sector=All --set backtest=true");
    await form.getByLabel("Note").fill("for Bob");
    await expect.poll(() => command.textContent()).toMatch(/ --set 'note=for Bob'$/);
    expect(await form.getByRole("link").getAttribute("href")).toBe("https://app.example.com/flow/1");
    await tab.getByText("npx ikigai-kit run unheard-of").waitFor();
    expect(await tab.locator("a[href^='javascript']").count()).toBe(0);
    expect(requests).toEqual([]);
  });
});

it.each(["light", "dark"] as const)(
  "every state is free of faults that axe knows, and fits a phone, %s",
  async (colorScheme) => {
    const facet = {facetId: "f3", name: "Forecast", type: "AI_CAST"};
    const long = "a long line of the log ".repeat(60);
    const states: Partial<Run>[] = [
      {status: "scheduled"},
      {status: "running", progress: 42, user: "bob@example.com"},
      {status: "done", message: long, data: {status: "published", message: "", at: null}},
      {status: "failed", message: long, facet},
      {status: "done", data: {status: "failed", message: "disk full", at: null}}
    ];
    gateway.list = {viewer: "ann@example.com", flows: [flowInfo({variables})], definitions: []};
    await openForm();
    await tab.emulateMedia({colorScheme, reducedMotion: "reduce"});
    await tab.setViewportSize({width: 390, height: 900});
    await tab.evaluate(axe.source);
    await field("Horizon").fill("99");
    await says("Not run from here yet.");
    await expectAccessible("never run");
    await until(() => gateway.streams() === 1);
    for (const [i, state] of states.entries()) {
      const variables = {state: i};
      // A run under way is shown before any other.
      gateway.run({
        id: `run-${Math.max(i, 2)}`,
        createdAt: new Date(Date.now() + i).toISOString(),
        variables,
        ...state
      });
      await says(new RegExp(` with state ${i}$`));
      await expectAccessible(JSON.stringify(state));
    }
  }
);

async function expectAccessible(state: string): Promise<void> {
  const faults = await tab.evaluate(async () => {
    const {violations} = await (globalThis as unknown as {axe: typeof axe}).axe.run("ikigai-form");
    return violations.map(({id, nodes}) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
  });
  expect(faults, state).toEqual([]);
  expect(await tab.evaluate(() => document.documentElement.scrollWidth), state).toBeLessThanOrEqual(390);
}
