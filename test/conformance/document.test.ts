// Every code sample of the Python client's documentation, run by the real client against the local platform.
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {documentedApps} from "./apps.js";
import {editions, readDocument, titleKey, type Section} from "./document.js";
import {knownSections} from "./samples.js";
import {python, startScenario, type Scenario} from "./scenario.js";
import type {Outcome} from "./session.js";

/** What the samples take for granted: the document never imports these. */
const prelude = "import time\nimport pandas as pd";

describe.skipIf(!python).each(editions)("the document %s", (edition) => {
  const known = knownSections.filter(({only}) => only === undefined || only === edition);
  const find = (title: string) => known.find((one) => titleKey(one.title) === titleKey(title));

  let scenario: Scenario | undefined;
  let document: Section[];
  /** What came of each section's code blocks, by the block's place in it. */
  const outcomes = new Map<string, (Outcome | undefined)[]>();

  // The samples use each other's variables, so they run in one interpreter, from the first to the last.
  beforeAll(async () => {
    scenario = await startScenario({seed: documentedApps});
    const {platform, session} = scenario;
    document = readDocument(edition, python!);
    expect(await session.run(prelude)).toMatchObject({error: null});
    for (const {title, blocks} of document) {
      const entries = find(title)?.entries ?? [];
      const ran: (Outcome | undefined)[] = [];
      for (const [i, block] of blocks.entries()) {
        const entry = entries[i];
        const isCode = entry && "localize" in entry;
        ran.push(isCode ? await session.run(entry.localize(block, platform)) : undefined);
      }
      outcomes.set(titleKey(title), ran);
    }
  });

  afterAll(() => scenario?.close());

  it("has the sections and blocks that are known, and no others", () => {
    const count = (sections: {title: string; blocks: unknown[]}[]) =>
      Object.fromEntries(sections.map(({title, blocks}) => [titleKey(title), blocks.length]));
    expect(count(document)).toEqual(count(known.map(({title, entries}) => ({title, blocks: entries}))));
  });

  it.each(known.map((section) => [section.title, section] as const))("%s", async (title, {entries}) => {
    const section = document.find((one) => titleKey(one.title) === titleKey(title));
    if (!section) throw new Error(`The document has no section "${title}"`);
    const ran = outcomes.get(titleKey(title))!;
    let last: Outcome | undefined;
    for (const [i, entry] of entries.entries()) {
      if ("localize" in entry) {
        last = ran[i]!;
        if (last.error) throw new Error(`${last.error.traceback}\n${last.warned}`);
      } else {
        const check = typeof entry.check === "function" ? entry.check : entry.check[edition];
        await check({document: section.blocks[i]!, outcome: last!, session: scenario!.session});
      }
    }
  });
});
