// The names of dots: where each can be read.
import fc from "fast-check";
import {expect, it} from "vitest";
import {namePlaces} from "../../src/components/name-places.js";

it("puts a name above its dot where nothing is in the way", () => {
  expect(namePlaces([{x: 100, y: 80}], [40], [0, 300])).toEqual([{x: 100, y: 62}]);
});

it("puts the second of two that would overlap below its dot", () => {
  const dots = [
    {x: 100, y: 80},
    {x: 110, y: 80}
  ];
  expect(namePlaces(dots, [60, 60], [0, 300])).toEqual([
    {x: 100, y: 62},
    {x: 110, y: 98}
  ]);
});

it("keeps names of close dots within the room and apart", () => {
  const dot = fc.record({x: fc.integer({min: 0, max: 300}), y: fc.integer({min: 80, max: 82})});
  fc.assert(
    fc.property(fc.array(dot, {maxLength: 3}), (dots) => {
      const places = namePlaces(
        dots,
        dots.map(() => 70),
        [0, 300]
      );
      for (const [i, {x, y}] of places.entries()) {
        expect(x).toBeGreaterThanOrEqual(35);
        expect(x).toBeLessThanOrEqual(265);
        for (const other of places.slice(0, i))
          expect(Math.abs(x - other.x) >= 70 || Math.abs(y - other.y) >= 16).toBe(true);
      }
    })
  );
});
