// The samples of the README and docs that pages run: on the pages of one site, which Framework builds, and which is served with a
// gateway and a local platform. None may fail, and what displays something must have displayed it.
import {join} from "node:path";
import pLimit from "p-limit";
import type {Browser, BrowserContext} from "playwright-core";
import {afterAll, beforeAll, expect, it} from "vitest";
import {run, start, type Command} from "../cli/command.js";
import {preparedState, smallProject, type Project} from "../cli/project.js";
import {pageSamples} from "../docs/samples.js";
import {launchChromium, visit, type WatchedPage} from "./chromium.js";
import {pagesOf} from "./sample-pages.js";
import {app, configsFor, givenFiles} from "./samples-site.js";

/** What became of a sample: what its cells say that failed, and whether all have run and what they display is there. */
interface Outcome {
  errors: string[];
  ran: boolean;
}

/** By where each sample is from. */
type Outcomes = Record<string, Outcome>;

const pages = pagesOf(pageSamples);

let project: Project;
let state: Awaited<ReturnType<typeof preparedState>>;
let command: Command;
let browser: Browser;
let watched: WatchedPage;
let outcomes: Outcomes;

beforeAll(async () => {
  [project, state, browser] = await Promise.all([smallProject(), preparedState([app]), launchChromium()]);
  const files = {
    "src/index.md": "# Samples\n",
    ...givenFiles,
    ...configsFor(pages.map(({text}) => text)),
    ...Object.fromEntries(pages.map(({path, text}) => [join("src", `${path}.md`), text]))
  };
  for (const [path, text] of Object.entries(files)) await project.write(path, text);
  const local = ["--local", "--data", state.data];
  const built = await run(["build", ...local], {cwd: project.root});
  expect(built).toMatchObject({code: 0, stderr: expect.not.stringMatching(/warning/) as string});
  command = start(["serve", "--port", "0", ...local], {cwd: project.root});
  const [, url] = await command.says(/The dashboard: +(http:\S+)/);
  watched = await visit(browser, url!);
  const fewAtATime = pLimit(3);
  const opened = pages.map(({path}) =>
    fewAtATime(() => outcomesOf(watched.page.context(), `${url}/${path}`))
  );
  outcomes = Object.assign({}, ...(await Promise.all(opened))) as Outcomes;
}, 600_000);

afterAll(async () => {
  command?.kill();
  await command?.ended;
  await Promise.all([browser?.close(), project?.remove(), state?.remove()]);
});

/** Opens a page, and reads what became of its samples once each has run or failed. */
async function outcomesOf(context: BrowserContext, url: string): Promise<Outcomes> {
  const page = await context.newPage();
  await page.goto(url);
  const outcomes = await page.waitForFunction(read, false).then(
    (handle) => handle.jsonValue() as Promise<Outcomes>,
    () => page.evaluate(read, true)
  );
  await page.close();
  return outcomes as Outcomes;
}

/** In the page: what became of its samples; false while one isn't over, unless it is the last chance. */
function read(isLast: boolean): Outcomes | false {
  const outcomes = Array.from(document.querySelectorAll("section"), (section) => {
    const has = (selector: string) => section.querySelector(selector) !== null;
    const waits = has("observablehq-loading, [aria-busy=true]");
    const lacks = section.matches(".shows") && !has(".observablehq > :not(output.ran)");
    const errors = Array.from(section.querySelectorAll(".observablehq--error"), (error) => error.textContent);
    return [section.id, {errors, ran: has("output.ran") && !waits && !lacks}] as const;
  });
  const isOver = outcomes.every(([, {errors, ran}]) => ran || errors.length > 0);
  return (isOver || isLast) && Object.fromEntries(outcomes);
}

it.each(pageSamples)("runs $where", ({where}) => expect(outcomes[where]).toEqual({errors: [], ran: true}));

it("says nothing of an error in the console", () => expect(watched.errors).toEqual([]));
