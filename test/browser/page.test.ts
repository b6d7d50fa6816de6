// Pictures and answers in a real browser: what is shown while something is on its way, after an error, and at another width.
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, beforeEach, afterEach, describe, expect, it} from "vitest";
import type * as Page from "../../lib/page/index.js";
import {bundledPage} from "../charts/bundled-page.js";
import {launchChromium, visit, type WatchedPage} from "./chromium.js";
import {serveStatic} from "./static-server.js";

interface Kit {
  page: typeof Page;
  /** A paragraph of this text. */
  text: (text: string) => HTMLElement;
  /** A promise and what settles it. */
  later: <T>() => {promise: Promise<T>; resolve: (value: T) => void; reject: (error: Error) => void};
  show: (...elements: HTMLElement[]) => void;
}
declare const kit: Kit;
/** What a test keeps in the page from one step to the next. */
declare const kept: Record<string, never> & {
  answer: Page.Answer<string>;
  signals: AbortSignal[];
  one: ReturnType<Kit["later"]>;
  two: ReturnType<Kit["later"]>;
  order: string[];
};

const source = `
import * as page from "./lib/page/index.ts";
const later = () => {
  const it = {};
  it.promise = new Promise((resolve, reject) => Object.assign(it, {resolve, reject}));
  return it;
};
globalThis.kept = {};
globalThis.kit = {
  page, later,
  text: (text) => Object.assign(document.createElement("p"), {textContent: text}),
  show: (...elements) => document.querySelector("main").replaceChildren(...elements)
};
`;

let browser: Browser;
let site: Awaited<ReturnType<typeof bundledPage>>;
let server: Awaited<ReturnType<typeof serveStatic>>;
let watched: WatchedPage;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchChromium(), bundledPage(source)]);
  server = await serveStatic(site.folder);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  await site?.remove();
});

beforeEach(async () => {
  watched = await visit(browser, server.url);
  await watched.page.waitForFunction(() => "kit" in globalThis);
});

afterEach(() => watched.page.context().close());

const main = () => watched.page.locator("main");
const element = () => watched.page.locator("main > div").first();

describe("a note on faults", () => {
  const show = (...texts: string[]) =>
    watched.page.evaluate((texts) => {
      const cell = (text: string) => {
        const [block, error] = [document.createElement("div"), document.createElement("div")];
        block.className = "observablehq--block";
        error.className = "observablehq--error";
        error.textContent = text;
        block.append(error);
        return block;
      };
      kit.show(kit.page.faultNote(), ...texts.map(cell));
    }, texts);
  const missing = (name: string) =>
    `RuntimeError: ${name} can't be fetched from http://host/${name}: TypeError: Failed to fetch`;

  it("names each file once, and leaves its exceptions to the details", async () => {
    await show(missing("a.arrow"), missing("b.parquet"), missing("a.arrow"));
    await expect
      .poll(() => main().getByRole("alert").innerText())
      .toMatch(
        /^Data is missing\. a\.arrow, b\.parquet could not be loaded\. Check your connection, then reload the page\.\s+Reload\s+Details$/
      );
    await expect.poll(() => main().locator(".observablehq--block").allInnerTexts()).toEqual(["", "", ""]);
    await main().getByText("Details").click();
    await expect
      .poll(() => main().innerText())
      .toContain("a.arrow can't be fetched from http://host/a.arrow");
  });

  it("leaves errors of the page's own code where they are", async () => {
    await show("ReferenceError: x is not defined");
    expect(await main().innerText()).toBe("ReferenceError: x is not defined");
  });

  it("puts a sentence where a picture would be, and a dash within a line", async () => {
    await show();
    await watched.page.evaluate((text) => {
      const add = (html: string) => document.querySelector("main")!.insertAdjacentHTML("beforeend", html);
      add(`<div class="picture"><p class="observablehq--error">${text}</p></div>`);
      add(`<h3>Forecast by <span class="observablehq--error">${text}</span></h3>`);
    }, missing("a.arrow"));
    await expect.poll(() => main().locator("h3").innerText()).toBe("Forecast by –");
    await expect
      .poll(() => main().locator(".picture").innerText())
      .toBe("Not shown: its data could not be loaded.");
  });
});

describe("an answer", () => {
  /** Shows the answer "old" and asks a question that waits. */
  const waiting = () =>
    watched.page.evaluate(async () => {
      const answer = kit.page.answer((value: string) => kit.text(value), {height: 90, delay: 50});
      Object.assign(kept, {answer, one: kit.later(), two: kit.later(), signals: []});
      kit.show(answer);
      await answer.ask(() => "old");
      await answer.first;
      void answer.ask(({signal}) => {
        kept.signals.push(signal);
        return kept.one.promise as Promise<string>;
      });
    });

  it("keeps what it shows, dimmed, until the next is there", async () => {
    await waiting();
    expect(await main().innerText()).toBe("old");
    expect(await element().getAttribute("aria-busy")).toBe("true");
    await expect.poll(() => element().evaluate(({style}) => style.opacity)).toBe("0.4");
    expect(await main().innerText()).toBe("old");
    await watched.page.evaluate(() => kept.one.resolve("new"));
    await expect.poll(() => main().innerText()).toBe("new");
    await expect.poll(() => element().getAttribute("aria-busy")).toBe(null);
    await expect.poll(() => element().evaluate(({style}) => style.opacity)).toBe("");
    expect(watched.errors).toEqual([]);
  });

  it("never dims for what is there at once", async () => {
    const seen = await watched.page.evaluate(async () => {
      const answer = kit.page.answer((value: string) => kit.text(value));
      kit.show(answer);
      const seen = new Set<string>();
      new MutationObserver(() => seen.add(answer.style.opacity)).observe(answer, {attributes: true});
      for (const value of ["one", "two", "three"]) await answer.ask(() => value);
      await answer.first;
      await kit.page.idle();
      return [...seen, answer.innerText];
    });
    expect(seen).toEqual(["", "three"]);
  });

  it("ignores an answer that comes after that of a later question, and tells the earlier one", async () => {
    await waiting();
    expect(await watched.page.evaluate(() => kept.signals[0]!.aborted)).toBe(false);
    await watched.page.evaluate(() => void kept.answer.ask(() => kept.two.promise as Promise<string>));
    expect(await watched.page.evaluate(() => kept.signals[0]!.aborted)).toBe(true);
    await watched.page.evaluate(() => kept.two.resolve("second"));
    await expect.poll(() => main().innerText()).toBe("second");
    await watched.page.evaluate(async () => {
      kept.one.reject(new Error("too late"));
      await kit.page.idle();
    });
    expect(await main().innerText()).toBe("second");
    expect(watched.errors).toEqual([]);
  });

  it("shows an error in its place, at the same height, tells the console, and goes on", async () => {
    await waiting();
    const height = await element().evaluate(({clientHeight}) => clientHeight);
    await watched.page.evaluate(() => kept.one.reject(new Error("no such table")));
    const alert = watched.page.getByRole("alert");
    await alert.waitFor();
    expect(await alert.innerText()).toBe("Error: no such table");
    expect(await element().evaluate(({clientHeight}) => clientHeight)).toBe(height);
    await expect.poll(() => watched.errors.join()).toMatch(/^uncaught: Error: no such table/);
    await watched.page.evaluate(() => kept.answer.ask(() => "better"));
    expect(await main().innerText()).toBe("better");
  });

  it("shows why it can't be asked, where what its question needs doesn't come", async () => {
    await watched.page.evaluate(() => {
      const answer = kit.page.answer((value: string) => kit.text(value), {height: 90});
      Object.assign(kept, {answer, one: kit.later()});
      kit.show(answer);
      answer.needs(Promise.resolve(), kept.one.promise);
    });
    expect(await element().getAttribute("aria-busy")).toBe("true");
    await watched.page.evaluate(() => {
      const {answer} = kept;
      kept.one.reject(new Error("a.arrow can't be fetched"));
      return answer.first;
    });
    expect(await watched.page.getByRole("alert").innerText()).toBe("Error: a.arrow can't be fetched");
    expect(await element().evaluate(({clientHeight}) => clientHeight)).toBe(90);
    expect(await element().getAttribute("aria-busy")).toBe(null);
    await watched.page.evaluate(() => kept.answer.ask(() => "better"));
    expect(await main().innerText()).toBe("better");
  });

  it("leaves what is there, where a question is ended that no other has overtaken", async () => {
    await waiting();
    await watched.page.evaluate(() => kept.one.reject(new DOMException("Nobody waits", "AbortError")));
    await expect.poll(() => element().getAttribute("aria-busy")).toBe(null);
    expect(await main().innerText()).toBe("old");
    expect(watched.errors).toEqual([]);
  });

  it("shows an error of what draws it, too", async () => {
    const thrown = await watched.page.evaluate(async () => {
      const answer = kit.page.answer((_: string): string => {
        throw new Error("no column x");
      });
      kit.show(answer);
      await answer.ask(() => "rows").catch(() => undefined);
      await answer.first;
      return answer.ask(() => "rows").catch((error: Error) => error.message);
    });
    expect(thrown).toBe("no column x");
    expect(await watched.page.getByRole("alert").innerText()).toBe("Error: no column x");
  });
});

describe("a picture", () => {
  it("is drawn again for another width, and has the height that it is given before it is drawn", async () => {
    await watched.page.evaluate(() => {
      const picture = kit.page.picture((width) => kit.text(`${width}`), {height: 120});
      kit.show(picture);
      if (picture.clientHeight !== 120 || picture.firstChild) throw new Error("it has no place of its own");
    });
    const told = () =>
      element().evaluate(({innerText, clientWidth}: HTMLElement) => [Number(innerText), clientWidth]);
    await expect.poll(async () => new Set(await told()).size).toBe(1);
    const [before] = await told();
    await watched.page.setViewportSize({width: 500, height: 600});
    await expect
      .poll(async () => {
        const [drawn, there] = await told();
        expect(drawn).toBe(there);
        expect(drawn).toBeLessThan(before!);
      })
      .toBeUndefined();
  });

  it("is drawn before those below it, in a frame of its own", async () => {
    const order = await watched.page.evaluate(async () => {
      const order: string[] = [];
      const named = (name: string) =>
        kit.page.picture(
          () => {
            order.push(name);
            requestAnimationFrame(() => order.push(`a frame after ${name}`));
            return kit.text(name);
          },
          {height: 50}
        );
      const [below, above] = [named("below"), named("above")];
      kit.show(above, below);
      await Promise.all([above.first, below.first]);
      await kit.page.idle();
      return order;
    });
    expect(order).toEqual(["above", "a frame after above", "below", "a frame after below"]);
  });

  it("shows the newest of two that are being drawn", async () => {
    await watched.page.evaluate(async () => {
      let count = 0;
      const [one, two] = [kit.later<string>(), kit.later<string>()];
      const picture = kit.page.picture(() => [one, two][count++]!.promise);
      kit.show(picture);
      while (count < 1) await kit.page.idle();
      const second = picture.draw();
      two.resolve("second");
      await second;
      one.resolve("first");
      await kit.page.idle();
    });
    expect(await main().innerText()).toBe("second");
  });
});

describe("idle", () => {
  it("waits for a picture that is still to be drawn", async () => {
    const order = await watched.page.evaluate(async () => {
      const order: string[] = [];
      const answer = kit.page.answer((value: string) => kit.text(value));
      kit.show(answer);
      const rest = kit.page.idle(answer).then(() => order.push("idle"));
      await kit.page.idle();
      order.push("asked");
      await answer.ask(() => "drawn");
      await answer.first;
      order.push("drawn");
      await rest;
      return order;
    });
    expect(order).toEqual(["asked", "drawn", "idle"]);
  });
});
