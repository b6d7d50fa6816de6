// The flows page in real browsers, through the gateway to a local platform: what one starts, all see, and new data appears.
import type {Browser, Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, describe, expect, it} from "vitest";
import {launchChromium, visit, type WatchedPage} from "./chromium.js";
import {hostileName, startFlowsSite, type FlowsSite} from "./flows-site.js";
import {card, chart, settled, sticksOut, tableRows, violations} from "./site-page.js";
import {serveStatic} from "./static-server.js";
import {layWire} from "./wire.js";

let browser: Browser;
let site: FlowsSite;
beforeAll(async () => {
  [browser, site] = await Promise.all([launchChromium(), startFlowsSite()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

let opened: WatchedPage[] = [];
afterEach(async () => {
  site.patient.finish(); // what a test that failed has left
  const foreign = opened.flatMap(({foreignRequests}) => foreignRequests);
  for (const {page} of opened) await page.context().close();
  opened = [];
  expect(foreign).toEqual([]);
});

/** What a page did wrong so far. */
const errors = () => opened.flatMap(({errors}) => errors);

/** The flows page, at the flow of that label. */
async function open(label = "Re-run employment forecast", url = site.url): Promise<Page> {
  const watched = await visit(browser, `${url}/flows`);
  opened.push(watched);
  const {page} = watched;
  await page.getByRole("radio", {name: label}).check();
  await page.locator("ikigai-form form").getByRole("heading", {name: label}).waitFor();
  await page.locator(".ikigai-flow-graph").first().waitFor();
  await settled(page);
  return page;
}

const form = (page: Page) => page.locator("ikigai-form").first();
const outcome = (page: Page) => form(page).locator(".ikigai-standing strong");
const press = (page: Page) => form(page).getByRole("button", {name: /^Run/}).click();
const expectOutcome = (page: Page, text: RegExp) =>
  expect.poll(() => outcome(page).textContent()).toMatch(text);
/** What the table of runs says, newest first. */
const runs = async (page: Page) => tableRows(card(page, "Last runs").locator("table"));

describe("a run", () => {
  it("goes from the form to the new forecast on the page, without a reload", async () => {
    const page = await open();
    await page.evaluate(() => Object.assign(globalThis, {stays: true}));
    const about = page.locator(".outlook h3");
    await about.getByText("12 months ahead, to Dec 2016").waitFor();
    const revised = card(page, "Employment: revised since the edition before");
    await revised.getByText("There is one edition of the forecast so far").waitFor();

    await page.getByRole("spinbutton", {name: "Months ahead"}).fill("20");
    await press(page);
    await expectOutcome(page, /^Done, and its data is published$/);
    await about.getByText("20 months ahead, to Aug 2017").waitFor();
    // The file of the editions is published with the others.
    const drawn = revised.locator('svg[aria-label="Forecast revisions"]');
    await expect.poll(() => drawn.getAttribute("aria-description")).toMatch(/\d/);
    expect(await page.evaluate(() => "stays" in globalThis)).toBe(true);
    await expect
      .poll(async () => (await runs(page))[0]!.slice(1))
      .toEqual(["–", expect.stringMatching(/^\d+(\.\d)? s$/), "Done", "horizon 20, since 2006-01-01", "–"]);
    await expect.poll(() => chart(page, "Last runs").getAttribute("aria-description")).toMatch(/done/);
    expect(errors()).toEqual([]);
  });

  it("isn't started with values that can't be", async () => {
    const page = await open();
    const before = (await runs(page)).length;
    await page.getByRole("spinbutton", {name: "Months ahead"}).fill("25");
    await press(page);
    await form(page).getByText("should be at most 24", {exact: false}).waitFor();
    expect(await runs(page)).toHaveLength(before);
  });

  it("shows how far it is, to everybody who looks, and is one however often it is pressed", async () => {
    const [one, other] = [await open("Count patiently"), await open("Count patiently")];
    await press(one);
    await site.patient.progress(0.25);
    for (const page of [one, other])
      await form(page)
        .getByText(/^25 % · \d+ (s|min)\b/)
        .waitFor();
    await other.locator(".flow-picker").getByText("Running, 25 %").waitFor();
    expect(await form(other).getByRole("progressbar").getAttribute("value")).toBe("25");
    const button = form(other).getByRole("button", {name: "Running …"});
    expect(await button.getAttribute("aria-disabled")).toBe("true");
    await button.press("Enter");

    await site.patient.progress(0.75);
    for (const page of [one, other])
      await form(page)
        .getByText(/^75 % · \d+ (s|min)\b/)
        .waitFor();
    site.patient.finish();
    for (const page of [one, other]) {
      await expectOutcome(page, /^Done$/);
      await expect.poll(async () => (await runs(page)).map((row) => row[3])).toEqual(["Done"]);
    }
    expect(errors()).toEqual([]);
  });
});

describe("a run that is cancelled", () => {
  it("is cancelled by the one who started it, back from another page too, and all see that it stopped", async () => {
    const [one, other] = [await open("Count patiently"), await open("Count patiently")];
    await press(one);
    await site.patient.progress(0.25);
    for (const page of [one, other]) await expectOutcome(page, /^Running$/);
    const cancel = (page: Page) => form(page).getByRole("button", {name: "Cancel"});
    expect(await cancel(other).count()).toBe(0);
    await one.reload();
    await one.getByRole("radio", {name: "Count patiently"}).check();
    // Until the gateway hears of it the button is seen to wait.
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await one.route("**/api/runs/**", async (route) => {
      await released;
      await route.continue();
    });
    await cancel(one).click();
    const stopping = form(one).getByRole("button", {name: "Stopping …"});
    expect(await stopping.getAttribute("aria-disabled")).toBe("true");
    release();
    for (const page of [one, other]) {
      await expectOutcome(page, /^Stopped before its end$/);
      await expect.poll(async () => (await runs(page))[0]![3]).toMatch(/^Stopped/);
      await expect
        .poll(() =>
          form(page)
            .getByRole("button", {name: /Cancel|Stopping/})
            .count()
        )
        .toBe(0);
    }
    expect(errors()).toEqual([]);
  });
});

describe("a run that fails", () => {
  it("names its facet in the form, in the table and in the graph, and leaves the forecast as it was", async () => {
    const page = await open();
    const about = await page.locator(".outlook h3").textContent();
    await page.getByLabel("Training starts").fill("2015-12-01");
    await press(page);
    await expectOutcome(page, /^Failed in .*AI_CAST/);
    const graph = card(page, "What it does");
    await graph.locator("svg text", {hasText: "✕ Failed"}).waitFor();
    expect(await graph.locator("li", {hasText: "failed here"}).textContent()).toMatch(/^forecast \(aiCast\)/);
    await form(page).getByRole("region", {name: "Log"}).getByText("not enough complete history").waitFor();
    await expect
      .poll(async () => (await runs(page))[0]!.slice(3))
      .toEqual([
        "Failed in forecast",
        "horizon 12, since 2015-12-01",
        expect.stringContaining("not enough complete history")
      ]);
    expect(await page.locator(".outlook h3").textContent()).toBe(about);
    await settled(page);
    expect(await violations(page)).toEqual([]);
    expect(errors()).toEqual([]);
  });

  it("shows names that look like HTML as the text they are", async () => {
    const page = await open("Break <i>off</i>");
    await press(page);
    await expectOutcome(page, /^Failed in .*<img src=x/);
    const graph = card(page, "What it does");
    await graph.locator("svg text", {hasText: "✕ Failed"}).waitFor();
    expect(await graph.locator("svg title", {hasText: "Failed here"}).textContent()).toContain(hostileName);
    expect(await page.locator("#observablehq-main img").count()).toBe(0);
    expect(await page.title()).not.toBe("harmed");
    expect(errors()).toEqual([]);
  });
});

describe("while a run goes on", () => {
  it("the page may be offline, and shows how it ended when it is back", async () => {
    const wire = await layWire(site.url);
    try {
      const page = await open("Count patiently", wire.url);
      await press(page);
      await site.patient.progress(0.5);
      await expectOutcome(page, /^Running$/);
      wire.cut();
      await page.context().setOffline(true);
      await form(page).getByText("This device is offline", {exact: false}).waitFor();
      site.patient.finish();
      wire.restore();
      await page.context().setOffline(false);
      await expectOutcome(page, /^Done$/);
      await expect.poll(() => form(page).locator(".ikigai-remark").textContent()).toBe("");
    } finally {
      await wire.close();
    }
  });

  it("the gateway may crash and come back", async () => {
    const page = await open("Count patiently");
    await press(page);
    await site.patient.progress(0.5);
    await expectOutcome(page, /^Running$/);
    await expect.poll(async () => (await runs(page))[0]![3]).toMatch(/^Running/);
    const count = (await runs(page)).length;
    await site.crash();
    await site.restart();
    site.patient.finish();
    await expectOutcome(page, /^Done$/);
    await expect.poll(async () => (await runs(page))[0]![3]).toBe("Done");
    expect(await runs(page)).toHaveLength(count);
  });
});

describe("a definition that is built in the page", () => {
  it("is drawn as one chooses, saved under a new name, and run", async () => {
    const page = await open();
    const preview = card(page, "Preview");
    const boxes = () => preview.locator("svg text[font-weight='600']").allTextContents();
    await expect.poll(boxes).toContain("Union");
    await page.getByLabel("And", {exact: true}).selectOption("no other");
    await expect.poll(boxes).not.toContain("Union");
    await page.getByLabel("And", {exact: true}).selectOption("Retail trade");
    await expect.poll(boxes).toEqual(expect.arrayContaining(["Retail trade", "Union"]));

    const saver = page.locator(".flow-saver");
    await saver.getByLabel("Name").fill("Side by <b>side</b>");
    await saver.getByRole("button", {name: "Save"}).click();
    await saver.getByText("“Side by <b>side</b>” is saved.").waitFor();
    const own = page.locator("ikigai-form").last();
    await own.getByRole("heading", {name: "Side by <b>side</b>"}).waitFor();
    await own.getByRole("button", {name: "Run"}).click();
    await expect.poll(() => own.locator(".ikigai-standing strong").textContent()).toBe("Done");
    expect(errors()).toEqual([]);

    await saver.getByRole("button", {name: "Save"}).click();
    await saver.getByText("has a flow called", {exact: false}).waitFor();
    expect(errors().filter((error) => !/409/.test(error))).toEqual([]);
  });
});

describe("a flow that was saved", () => {
  const list = (page: Page) => card(page, "Saved flows");
  const row = (page: Page, name: string) => list(page).getByRole("listitem").filter({hasText: name});
  const focused = (page: Page) =>
    page.evaluate(
      () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent
    );

  it("is listed for the viewer, and deleted after a question, by keys alone", async () => {
    const page = await open();
    await page.setViewportSize({width: 390, height: 900});
    const saver = page.locator(".flow-saver");
    await saver.getByLabel("Name").fill("Not for <i>long</i>");
    await saver.getByRole("button", {name: "Save"}).click();
    const own = row(page, "Not for <i>long</i>");
    await expect
      .poll(async () => (await own.count()) && (await own.locator(".remark").innerText()))
      .toMatch(/^Saved .+\. Deleted by itself on .+ \d{4}\.$/);
    await page.locator("ikigai-form").last().getByRole("heading", {name: "Not for <i>long</i>"}).waitFor();

    const ask = own.getByRole("button", {name: "Delete Not for <i>long</i>"});
    const height = async () => (await ask.boundingBox())!.height;
    await expect.poll(height).toBeGreaterThanOrEqual(44);
    await ask.press("Enter");
    await expect.poll(() => focused(page)).toBe("Keep it");
    expect(await violations(page)).toEqual([]);
    await expect.poll(() => sticksOut(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await expect.poll(() => focused(page)).toBe("Delete Not for <i>long</i>");
    expect(await own.count()).toBe(1);

    await ask.press("Enter");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await expect.poll(() => focused(page)).toBe("“Not for <i>long</i>” is deleted.");
    await expect.poll(() => own.count()).toBe(0);
    await expect.poll(() => page.getByRole("heading", {name: "Not for <i>long</i>"}).count()).toBe(0);
    await page.reload();
    await list(page).locator("li, p:not(:empty)").first().waitFor();
    expect(await own.count()).toBe(0);
    expect(errors()).toEqual([]);
  });

  it("is run from the list after a reload, and again after another", async () => {
    const page = await open();
    const saver = page.locator(".flow-saver");
    await saver.getByLabel("Name").fill("Later");
    await saver.getByRole("button", {name: "Save"}).click();
    const own = row(page, "Later");
    await own.waitFor();
    await page.reload();
    const run = own.getByRole("button", {name: "Run Later"});
    await run.click();
    await expect.poll(() => run.getAttribute("aria-expanded")).toBe("true");
    await own.locator("ikigai-form").getByRole("button", {name: "Run", exact: true}).click();
    await expect.poll(() => own.locator(".ikigai-standing strong").textContent()).toBe("Done");
    await page.setViewportSize({width: 390, height: 900});
    await expect.poll(() => sticksOut(page)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await run.click();
    await expect.poll(() => own.locator("ikigai-form").count()).toBe(0);
    await own.getByRole("button", {name: "Delete Later"}).click();
    await own.getByRole("button", {name: "Delete it"}).click();
    await list(page).getByText("“Later” is deleted.").waitFor();
    expect(errors()).toEqual([]);
  });

  it("stays when the gateway refuses, which says why; and where there is none, the page says so", async () => {
    const page = await open();
    const saver = page.locator(".flow-saver");
    await saver.getByLabel("Name").fill("Busy");
    await saver.getByRole("button", {name: "Save"}).click();
    const own = row(page, "Busy");
    const remove = async () => {
      await own.getByRole("button", {name: "Delete Busy"}).click();
      await own.getByRole("button", {name: "Delete it"}).click();
    };
    const refusal = {error: {code: "conflict", message: "A run of this flow goes on."}};
    await page.route("**/api/flows/saved*", (route) => route.fulfill({status: 409, json: refusal}));
    await remove();
    await own.getByRole("alert").getByText("A run of this flow goes on").waitFor();
    await page.unroute("**/api/flows/saved*");
    await remove();
    await list(page).getByText("“Busy” is deleted.").waitFor();
    await page.route("**/api/apps/*/flows", (route) => route.fulfill({json: {flows: []}}));
    await page.reload();
    await list(page).getByText("There are none that you may delete").waitFor();
    expect(errors().filter((error) => !/409/.test(error))).toEqual([]);
  });
});

describe("the page keeps its place, and axe finds nothing, on a screen and a phone, light and dark,", () => {
  const looks = [1280, 390].flatMap((width) =>
    (["light", "dark"] as const).map((colorScheme) => ({width, colorScheme}))
  );

  it.each<[string, () => Promise<Page>]>([
    ["with its forms", () => open()],
    [
      "while a run goes on",
      async () => {
        const page = await open("Count patiently");
        await press(page);
        await site.patient.progress(0.25);
        await form(page)
          .getByText(/^25 % · \d+ s$/)
          .waitFor();
        return page;
      }
    ],
    [
      "after a run that failed",
      async () => {
        const page = await open("Break <i>off</i>");
        await press(page);
        await expectOutcome(page, /^Failed in /);
        await card(page, "What it does").locator("svg text", {hasText: "✕ Failed"}).waitFor();
        return page;
      }
    ]
  ])("%s", async (_, reach) => {
    const page = await reach();
    await page
      .locator("details")
      .evaluateAll((all: HTMLDetailsElement[]) => all.forEach((one) => (one.open = true)));
    await settled(page);
    const found: string[] = [];
    for (const {width, colorScheme} of looks) {
      await page.setViewportSize({width, height: 900});
      await page.emulateMedia({colorScheme});
      await expect.poll(() => sticksOut(page)).toEqual([]);
      found.push(...(await violations(page)).map((fault) => `${width}, ${colorScheme}: ${fault}`));
    }
    expect(found).toEqual([]);
    expect(errors()).toEqual([]);
  });
});

describe("on static hosting", () => {
  it("says what each flow is and how to run it elsewhere, and asks nobody", async () => {
    const hosting = await serveStatic(site.folder);
    try {
      const requests: string[] = [];
      const watched = await visit(browser, `${hosting.url}flows`);
      opened.push(watched);
      const {page} = watched;
      page.on("request", (request) => requests.push(new URL(request.url()).pathname));
      await page.reload();
      await form(page).getByText("npx ikigai-kit run reforecast", {exact: false}).waitFor();
      await page.getByRole("spinbutton", {name: "Months ahead"}).fill("6");
      await form(page).getByText("--set horizon=6", {exact: false}).waitFor();
      await card(page, "What it does").locator("svg text", {hasText: "horizon"}).waitFor();
      await page.locator(".outlook figure").waitFor();
      await page.locator(".flow-saver").getByText("without a gateway").waitFor();
      await card(page, "Saved flows").getByText("without a gateway").waitFor();
      await settled(page);
      expect(await form(page).getByRole("button", {name: "Run"}).count()).toBe(0);
      expect(requests.filter((path) => path.startsWith("/api"))).toEqual([]);
      expect(await violations(page)).toEqual([]);
      expect(errors()).toEqual([]);
    } finally {
      await hosting.close();
    }
  });
});
