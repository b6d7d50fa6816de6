// The residuals that charts draw: the same as those of ikigai-kit/metrics, however the rows come.
import fc from "fast-check";
import {expect, it} from "vitest";
import {residualColumns, residualsByTime} from "../../lib/charts/diagnostics/residual-values.js";
import {residuals} from "../../lib/metrics/index.js";

it("are means by version and time in the order of these, as residuals has them", () => {
  const value = fc.option(fc.integer({min: -9, max: 9}));
  const row = fc.record({
    version: fc.constantFrom("ets", "mstl", "", "Zeta", "émile"),
    time: fc.option(fc.constantFrom(0, 86_400_000, 31_536_000_000).map((time) => new Date(time))),
    actual: value,
    forecast: value
  });
  fc.assert(
    fc.property(fc.array(row, {minLength: 1, maxLength: 40}), (rows) => {
      const expected = residuals(
        rows.map((row) => ({...row, time: row.time && +row.time})),
        {by: ["version"]}
      );
      const found = residualsByTime(residualColumns(rows, {})!);
      expect(found.map(({version, time}) => [version, +time])).toEqual(
        expected.map(({version, time}) => [version, time])
      );
      for (const [i, {residual}] of found.entries()) expect(residual).toBeCloseTo(expected[i]!.residual, 9);
    })
  );
});
