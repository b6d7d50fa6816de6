// Taking turns.
import {expect, it} from "vitest";
import {limit} from "../../data-loaders/limit.js";

it("runs so many tasks at a time, in order, failures included", async () => {
  const run = limit(2);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const results = await Promise.allSettled(
    [0, 1, 2, 3, 4, 5].map((i) =>
      run(async () => {
        order.push(i);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        --running;
        if (i === 1) throw new Error("no luck");
        return i;
      })
    )
  );
  expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  expect(most).toBe(2);
  expect(results.map(({status}) => status)).toEqual([
    "fulfilled",
    "rejected",
    ...Array<string>(4).fill("fulfilled")
  ]);
});
