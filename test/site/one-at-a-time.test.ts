// Publishing what flows write: one at a time.
import {describe, expect, it} from "vitest";
import {oneAtATime} from "../../lib/site/one-at-a-time.js";

const never = new AbortController().signal;

/** Work that is done when the test says so. */
function held() {
  const calls: {
    files: string[];
    signal: AbortSignal;
    done: (value: Record<string, string>) => void;
    fail: (error: Error) => void;
  }[] = [];
  const publish = oneAtATime(
    (files, signal) => new Promise((done, fail) => calls.push({files, signal, done, fail}))
  );
  const begun = async (count: number) => {
    for (let i = 0; calls.length < count && i < 100; ++i) await new Promise(setImmediate);
    expect(calls).toHaveLength(count);
    return calls[count - 1]!;
  };
  return {publish, begun, calls};
}

describe("publishing", () => {
  it("is done once at a time, and together for all who ask meanwhile", async () => {
    const {publish, begun, calls} = held();
    const first = publish(["a"], never);
    const one = await begun(1);
    const second = publish(["b"], never);
    const third = publish(["c", "b"], never);
    await new Promise(setImmediate);
    expect(calls).toHaveLength(1);
    one.done({"data/a": "/1"});
    expect(await first).toEqual({"data/a": "/1"});
    const two = await begun(2);
    expect(two.files).toEqual(["b", "c"]);
    two.done({"data/b": "/2"});
    expect(await Promise.all([second, third])).toEqual([{"data/b": "/2"}, {"data/b": "/2"}]);
  });

  it("goes on after one that failed, of which those alone are told who asked for it", async () => {
    const {publish, begun} = held();
    const failing = publish(["a"], never);
    (await begun(1)).fail(new Error("no disk"));
    await expect(failing).rejects.toThrow("no disk");
    const next = publish(["a"], never);
    (await begun(2)).done({});
    expect(await next).toEqual({});
  });

  it("is given up when nobody waits for it any more", async () => {
    const {publish, begun} = held();
    void publish(["x"], never);
    const before = await begun(1);
    const [one, other] = [new AbortController(), new AbortController()];
    void publish(["a"], one.signal);
    void publish(["b"], other.signal);
    before.done({});
    const {signal} = await begun(2);
    one.abort();
    expect(signal.aborted).toBe(false);
    other.abort(new Error("closing"));
    expect(signal.reason).toEqual(new Error("closing"));
  });
});
