// Everything that the real Python client can do and its documentation doesn't show, against the local platform.
import {delimiter, dirname} from "node:path";
import {afterAll, beforeAll, describe, expect, it, vi} from "vitest";
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

describe.skipIf(!python)("the real client", () => {
  let scenario: Scenario | undefined;
  let recorder: Recorder | undefined;
  const results = new Map<Operation, {outcome: Outcome; requests: RecordedRequest[]}>();

  // Areas don't lean on each other, but share one interpreter: starting it costs more than most operations.
  beforeAll(async () => {
    // Custom facets run with the python3 that is found first, which has to have pandas: the client's own has it.
    vi.stubEnv("PATH", [dirname(python!), process.env.PATH].join(delimiter));
    scenario = await startScenario({allowPython: true});
    const {platform, session, folder} = scenario;
    recorder = await record(platform.baseUrl);
    const scope = await scopeOf(platform, recorder.baseUrl, folder);
    expect(await session.run(prelude(scope))).toMatchObject({error: null});
    recorder.take();
    for (const operation of areas.flatMap(({operations}) => operations)) {
      const {python, clockAhead} = operation;
      if (clockAhead) vi.useFakeTimers({toFake: ["Date"], now: Date.now() + clockAhead * 1000});
      const outcome = await session.run(python);
      vi.useRealTimers();
      results.set(operation, {outcome, requests: recorder.take()});
    }
  });

  afterAll(async () => {
    vi.unstubAllEnvs();
    await recorder?.close();
    await scenario?.close();
  });

  describe.each(areas.map((area) => [area.title, area] as const))("%s", (_, {operations}) => {
    it.each(operations.map((operation) => [operation.does, operation] as const))("%s", (_, operation) => {
      const {outcome, requests} = results.get(operation)!;
      const {gives, raises, asks} = operation;
      if (raises) expect(outcome.error).toMatchObject(raises);
      else if (outcome.error) throw new Error(`${outcome.error.traceback}\n${outcome.warned}`);
      if (gives !== undefined) expect({value: outcome.value}).toMatchObject({value: gives});
      if (asks) expect(requests.map(({method, path}) => `${method} ${path}`)).toEqual(asks);
    });
  });

  it("has no function that no operation reached", async () => {
    // The client never calls this one itself.
    expect(await scenario!.session.unused(modules)).toEqual(["ModelMetricsSpec.from_dict"]);
  });

  it("never puts the key anywhere but in its header", () => {
    expect(JSON.stringify([...results.values()])).not.toContain(scenario!.platform.apiKey);
  });
});
