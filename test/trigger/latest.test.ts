// The generators that cells of a page run on.
import {describe, expect, it} from "vitest";
import {latest, type Source} from "../../lib/trigger/latest.js";

/** A generator, what it is fed by, and how often it began and was stopped. */
function fed<T>() {
  const log: string[] = [];
  let source!: Source<T>;
  const generator = latest<T>((given) => {
    source = given;
    log.push("begin");
    return () => log.push("stop");
  });
  return {generator, log, source: () => source};
}

describe("latest", () => {
  it("does nothing before it is asked", () => {
    expect(fed().log).toEqual([]);
  });

  it("gives each value to who waits, and of those that nobody waited for the newest", async () => {
    const {generator, source} = fed<number>();
    const first = generator.next();
    source().next(1);
    expect(await first).toEqual({done: false, value: 1});
    source().next(2);
    source().next(3);
    expect(await generator.next()).toEqual({done: false, value: 3});
  });

  it("gives the last value before it ends", async () => {
    const values: number[] = [];
    const generator = latest<number>(({next, end}) => {
      next(1);
      end();
      return () => values.push(-1);
    });
    for await (const value of generator) values.push(value);
    expect(values).toEqual([-1, 1]);
    expect(await generator.next()).toEqual({done: true, value: undefined});
  });

  it("stops at once when it is left while a value is waited for", async () => {
    const {generator, log} = fed<number>();
    const waiting = generator.next();
    await generator.return();
    expect(log).toEqual(["begin", "stop"]);
    expect(await waiting).toEqual({done: true, value: undefined});
  });

  it("throws what went wrong once, after the value before it", async () => {
    const {generator, source, log} = fed<number>();
    const first = generator.next();
    source().next(1);
    source().fail(new Error("lost"));
    source().next(2);
    expect(await first).toEqual({done: false, value: 1});
    await expect(generator.next()).rejects.toThrow("lost");
    expect(await generator.next()).toEqual({done: true, value: undefined});
    expect(log).toEqual(["begin", "stop"]);
  });

  it("answers many that ask at once", async () => {
    const {generator, source} = fed<number>();
    const both = [generator.next(), generator.next()];
    source().next(1);
    source().end();
    expect(await Promise.all(both)).toEqual([
      {done: false, value: 1},
      {done: true, value: undefined}
    ]);
  });

  it("is left by a loop that breaks", async () => {
    const {generator, source, log} = fed<number>();
    const loop = (async () => {
      for await (const value of generator) if (value === 1) break;
    })();
    source().next(1);
    await loop;
    expect(log).toEqual(["begin", "stop"]);
  });
});
