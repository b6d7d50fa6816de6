// What the form says of runs, times and commands.
import {describe, expect, it} from "vitest";
import {commandFor} from "../../lib/trigger/command.js";
import {checkWrites} from "../../lib/trigger/reload.js";
import {isNewer, isOver} from "../../lib/trigger/run-state.js";
import {ago} from "../../lib/trigger/time.js";
import {startedBy, sentence, statusText, runDuration} from "../../lib/trigger/run-text.js";
import {flowInfo, runOf} from "./scripted-gateway.js";

describe("ago", () => {
  const now = Date.parse("2026-03-01T12:00:00Z");
  it.each([
    ["2026-03-01T12:00:20Z", "just now"], // another machine's clock
    ["2026-03-01T11:58:00Z", "2 minutes ago"],
    ["2026-03-01T09:10:00Z", "3 hours ago"],
    ["2026-02-26T12:00:00Z", "3 days ago"]
  ])("%s is %s", (runDuration, text) => expect(ago(runDuration, now)).toBe(text));
});

describe("a run in words", () => {
  const now = Date.parse("2026-03-01T12:00:00Z");
  const run = runOf({
    user: "ann@example.com",
    createdAt: "2026-03-01T11:57:00Z",
    startedAt: "2026-03-01T11:57:10Z",
    variables: {horizon: 12, sector: "Retail"}
  });

  it("tells who started it when, with what", () => {
    expect(startedBy(run, "bob@example.com", now)).toBe(
      "ann@example.com started it 3 minutes ago with horizon 12, sector Retail"
    );
    expect(startedBy({...run, variables: {}}, "ann@example.com", now)).toBe("You started it 3 minutes ago");
    expect(startedBy({...run, user: null, variables: {}}, null, now)).toBe("Started 3 minutes ago");
  });

  it("tells how long it took, or has taken", () => {
    expect(runDuration({...run, status: "running"}, now)).toBe("2 min 50 s");
    expect(runDuration({...run, status: "done", endedAt: "2026-03-01T11:57:52Z"}, now)).toBe("42 s");
    expect(runDuration({...run, status: "running"}, now + 26 * 3_600_000)).toBe("1 day 2 h");
    expect(runDuration({...run, status: "running"}, Date.parse(run.startedAt!) - 5000)).toBe("0 s");
  });

  it("names the facet that failed as far as it is known", () => {
    const failed = (facet: {facetId: string; name: string; type: string} | null) =>
      statusText({...run, status: "failed", facet});
    expect(failed({facetId: "f1", name: "Forecast", type: "AI_CAST"})).toBe('Failed in "Forecast" (AI_CAST)');
    expect(failed({facetId: "f1", name: "", type: "AI_CAST"})).toBe("Failed in a facet of kind AI_CAST");
    expect(failed({facetId: "f1", name: "", type: ""})).toBe("Failed in facet f1");
    expect(failed(null)).toBe("Failed");
  });

  it("tells what became of its data", () => {
    const done = (status: "publishing" | "published" | "failed") =>
      statusText({...run, status: "done", data: {status, message: "", at: null}});
    expect(done("publishing")).toBe("Done, publishing the new data");
    expect(done("published")).toBe("Done, and its data is published");
    expect(done("failed")).toBe("Done, but its data couldn't be published");
  });

  it("ends an error's message as a sentence, once", () => {
    expect(sentence("the gateway can't be reached")).toBe("The gateway can't be reached.");
    expect(sentence("Sign in first.")).toBe("Sign in first.");
  });
});

describe("which report of a run holds", () => {
  const publishing = runOf({status: "done", data: {status: "publishing", message: "", at: null}});
  const published = runOf({status: "done", data: {status: "published", message: "", at: null}});

  it("is over when its data is published, too", () => {
    expect(isOver(publishing)).toBe(false);
    expect(isOver(published)).toBe(true);
    expect(isOver(runOf({status: "failed"}))).toBe(true);
  });

  it("never goes back", () => {
    expect(isNewer(runOf({status: "running"}), publishing)).toBe(false);
    expect(isNewer(publishing, published)).toBe(false);
    expect(isNewer(runOf({status: "running", progress: 9}), runOf({status: "running", progress: 8}))).toBe(
      true
    );
  });
});

describe("the command", () => {
  it("sets variables by name", () => {
    expect(commandFor("reforecast", {horizon: 12, backtest: true})).toBe(
      "npx ikigai-kit run reforecast --set horizon=12 --set backtest=true"
    );
  });

  it("leaves nothing to the shell", () => {
    expect(commandFor("my flow", {note: "it's $(rm -rf ~) `x`"})).toBe(
      `npx ikigai-kit run 'my flow' --set 'note=it'\\''s $(rm -rf ~) \`x\`'`
    );
  });
});

describe("what a flow writes", () => {
  const info = flowInfo({writes: ["employment-latest", "employment-model"]});

  it("holds its files and those of its models", () => {
    checkWrites(info, [
      "data/employment-latest.arrow",
      "employment-latest",
      "./data/employment-model-versions.json"
    ]);
  });

  it("is told when something else is waited for", () => {
    expect(() => checkWrites(info, ["data/weather.parquet"])).toThrow(
      'flow "reforecast" doesn\'t write data/weather.parquet: it writes employment-latest, employment-model. ' +
        'Name it in the flow\'s "writes" in ikigai.config.ts'
    );
  });
});
