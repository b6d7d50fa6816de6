// Everything that the real Python client can do and its documentation doesn't show, against the local platform; and the same
// by our client, which must ask for it as Python's does.
import {delimiter, dirname} from "node:path";
import {afterAll, beforeAll, describe, expect, it, vi} from "vitest";
import * as wire from "../../lib/wire/index.js";
import {claims, comparable, compare, type Both} from "./comparison.js";
import {differences} from "./differences.js";
import {asInPython, here} from "./operations/here.js";
import {areas} from "./operations/index.js";
import type {Operation} from "./operations/operation.js";
import {prelude, scopeOf} from "./operations/scope.js";
import {record, type RecordedRequest, type Recorder} from "./recorder.js";
import {python, startScenario, type Scenario} from "./scenario.js";
import type {Outcome} from "./session.js";

/** The client's classes that people use, and the one that talks to the platform. */
const modules = [
  "ikigai.ikigai",
  "ikigai.client.api",
  "ikigai.components.app",
  "ikigai.components.custom_facet",
  "ikigai.components.dataset",
  "ikigai.components.flow",
  "ikigai.components.flow_definition",
  "ikigai.components.model",
  "ikigai.specs.facet",
  "ikigai.specs.model"
];

/** What our client came to. */
interface OutcomeHere {
  /** As Python shows it. */
  value: unknown;
  error: Error | undefined;
}

/** A client's side of the scenario: a platform of its own, and what is asked of it. */
interface Side {
  scenario: Scenario;
  recorder: Recorder;
}

async function startSide(): Promise<Side> {
  const scenario = await startScenario({allowPython: true});
  return {scenario, recorder: await record(scenario.platform.baseUrl)};
}

describe.skipIf(!python)("the real client and ours", () => {
  const sides: Side[] = [];
  const closing: (() => Promise<void>)[] = [];
  const results = new Map<
    Operation,
    {python: Outcome; typescript: OutcomeHere; requests: Record<keyof Both, RecordedRequest[]>}
  >();
  const putClockAhead = (seconds: number) =>
    void vi.useFakeTimers({toFake: ["Date"], now: Date.now() + seconds * 1000});

  // Areas don't lean on each other, but share one interpreter: starting it costs more than most operations. The clients take
  // turns, so that the clock of the one's platform can be changed while the other's is quiet.
  beforeAll(async () => {
    // Custom facets run with the python3 that is found first, which has to have pandas: the client's own has it.
    vi.stubEnv("PATH", [dirname(python!), process.env.PATH].join(delimiter));
    sides.push(await startSide(), await startSide());
    const [theirs, ours] = sides as [Side, Side];
    const scopes = await Promise.all(
      sides.map(({scenario: {platform, folder}, recorder: {baseUrl}}) => scopeOf(platform, baseUrl, folder))
    );
    const {session} = theirs.scenario;
    expect(await session.run(prelude(scopes[0]!))).toMatchObject({error: null});
    const around = here(scopes[1]!, {
      putClockAhead,
      asked: () => ours.recorder.asked().map(({method, path}) => `${method} ${path}`)
    });
    closing.push(around.close);
    theirs.recorder.take();

    for (const {operations} of areas) {
      const kept = {...around};
      for (const operation of operations) {
        if (operation.clockAhead) putClockAhead(operation.clockAhead);
        const outcome = await session.run(operation.python);
        const typescript = await attempt(() => operation.typescript(kept));
        vi.useRealTimers();
        const requests = {
          python: comparable(theirs.recorder.take(), theirs.recorder.made),
          typescript: comparable(ours.recorder.take(), ours.recorder.made)
        };
        results.set(operation, {python: outcome, typescript, requests});
      }
    }
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    for (const close of closing) await close();
    for (const {recorder, scenario} of sides) {
      await recorder.close();
      await scenario.close();
    }
  });

  describe.each(areas.map((area) => [area.title, area] as const))("%s", (title, {operations}) => {
    const each = operations.map((operation) => [operation.does, operation] as const);

    it.each(each)("%s: in Python", (_, operation) => {
      const {python: outcome, requests} = results.get(operation)!;
      const {gives, raises, asks} = operation;
      if (raises) expect(outcome.error).toMatchObject(raises);
      else if (outcome.error) throw new Error(`${outcome.error.traceback}\n${outcome.warned}`);
      if (gives !== undefined) expect({value: outcome.value}).toMatchObject({value: gives});
      if (asks) expect(requests.python.map(({method, path}) => `${method} ${path}`)).toEqual(asks);
    });

    it.each(each)("%s: in TypeScript", (_, operation) => {
      const {value, error} = results.get(operation)!.typescript;
      const {throws, gives, givesHere = gives} = operation;
      if (throws) expect({name: error?.name, message: error?.message}).toMatchObject(throws);
      else if (error) throw error;
      else expect({value}).toMatchObject({value: givesHere});
    });

    it.each(each)("%s: with the same requests", (does, operation) => {
      const {python, typescript} = compare(results.get(operation)!.requests, differences, [title, does]);
      expect({python, typescript}).toEqual({python: [], typescript: []});
    });
  });

  it("differ in every way that is declared", () => {
    const shown = areas.flatMap(({title, operations}) =>
      operations.flatMap(
        (operation) => compare(results.get(operation)!.requests, differences, [title, operation.does]).shown
      )
    );
    expect(claims(differences).filter((claim) => !shown.includes(claim))).toEqual([]);
  });

  it("have no function in Python that no operation reached", async () => {
    // The client never calls this one itself.
    const [{scenario}] = sides as [Side];
    expect(await scenario.session.unused(modules)).toEqual(["ModelMetricsSpec.from_dict"]);
  });

  it("have no call in TypeScript that no operation made", () => {
    const made = [...results.values()].flatMap(({requests}) => requests.typescript);
    const paths = new Set(made.map(({method, path}) => `${method} ${path}`));
    const calls = [...callsOf(wire), ...Object.values(wire).flatMap(callsOf)];
    expect(calls.length).toBeGreaterThan(50);
    // The local platform has one of its own, which the real client doesn't know.
    expect(calls.filter((name) => !paths.has(name))).toEqual(["POST /component/stop-pipeline"]);
  });

  it("never put the key anywhere but in its header", () => {
    const text = JSON.stringify([...results.values()], (_, value: unknown) =>
      value instanceof Error ? {...value, message: value.message, stack: value.stack} : value
    );
    for (const {scenario} of sides) expect(text).not.toContain(scenario.platform.apiKey);
  });
});

async function attempt(action: () => unknown): Promise<OutcomeHere> {
  try {
    return {value: asInPython(await action()), error: undefined};
  } catch (error) {
    return {value: undefined, error: error as Error};
  }
}

/** The calls that a module or a group of calls has, as "METHOD /path". */
const callsOf = (group: unknown): string[] =>
  typeof group !== "object" || group === null
    ? []
    : Object.values(group).flatMap((one: unknown) =>
        typeof one === "object" && one !== null && "method" in one && "path" in one
          ? [`${String(one.method)} ${String(one.path)}`]
          : []
      );
