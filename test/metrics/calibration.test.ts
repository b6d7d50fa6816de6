import {expect, it} from "vitest";
import {calibration} from "../../lib/metrics/index.js";

it("reads each column once, however many groups and checks there are", () => {
  const reads: string[] = [];
  const columns: Record<string, number[]> = {
    actual: [1, 2, 3, 4],
    lower: [0, 0, 3, 5],
    upper: [2, 1, 3, 6],
    horizon: [1, 1, 2, 3]
  };
  const counted = new Proxy(columns, {
    get: (target, name) => {
      if (typeof name === "string") reads.push(name);
      return Reflect.get(target, name) as unknown;
    }
  });
  const rows = calibration(counted, {
    by: ["horizon"],
    intervals: [
      {level: 0.8, lower: "lower", upper: "upper"},
      {level: 0.9, lower: "lower", upper: "upper"}
    ]
  });
  expect(rows.filter(({nominal}) => nominal === 0.8).map(({share}) => share)).toEqual([0.5, 1, 0]);
  for (const name of ["actual", "lower", "upper"])
    expect(reads.filter((read) => read === name)).toHaveLength(1);
});
