// Where the parts of a flow's graph go.
import fc from "fast-check";
import {beforeAll, describe, expect, it} from "vitest";
import {graphviz} from "../../lib/charts/flows/flow-graph-layout.js";
import type {FlowGraph} from "../../lib/gateway-api/index.js";

let layOut: Awaited<ReturnType<typeof graphviz>>;
beforeAll(async () => {
  layOut = await graphviz();
});

const label = (text: string) => ({width: text.length * 6, height: 16});
const facet = (facetId: string) => ({facetId, name: facetId, type: "COUNT", chain: "MID"});
const graph = (ids: string[], arrows: [string, string, string?][]): FlowGraph => ({
  facets: ids.map(facet),
  arrows: arrows.map(([source, destination, label]) => ({source, destination, ...(label && {label})}))
});
const sizes = (count: number) => Array.from({length: count}, () => ({width: 100, height: 44}));
const union = graph(
  ["a", "b", "c"],
  [
    ["a", "c", "top"],
    ["b", "c"]
  ]
);

describe("a graph's layout", () => {
  it("goes to the right, or down, with arrows from box to box", () => {
    const right = layOut(union, sizes(3), {direction: "LR", label});
    const [a, b, c] = right.boxes as [{x: number; y: number}, {x: number; y: number}, {x: number; y: number}];
    expect(a.x).toBe(b.x);
    expect(c.x).toBeGreaterThan(a.x + 100);
    const [first] = right.arrows;
    expect(first!.points[0]![0]).toBeCloseTo(a.x + 50, 0);
    expect(first!.tip[0]).toBeCloseTo(c.x - 50, 0);
    expect((first!.points.length - 1) % 3).toBe(0);

    const down = layOut(union, sizes(3), {direction: "TB", label});
    expect(down.boxes[2]!.y).toBeGreaterThan(down.boxes[0]!.y + 44);
    expect(down.height).toBeGreaterThan(right.height);
  });

  it("has room for labels where there are any", () => {
    const {arrows} = layOut(union, sizes(3), {direction: "LR", label});
    expect(arrows.map(({label}) => label !== undefined)).toEqual([true, false]);
  });

  it("is the same each time", () => {
    const lay = () => layOut(union, sizes(3), {direction: "LR", label});
    expect(lay()).toEqual(lay());
  });

  it("leaves out arrows that lead nowhere, and stands circles", () => {
    const odd = graph(
      ["a", "b"],
      [
        ["a", "b"],
        ["b", "a"],
        ["a", "a"],
        ["a", "gone"]
      ]
    );
    const {arrows, boxes} = layOut(odd, sizes(2), {direction: "LR", label});
    expect(boxes).toHaveLength(2);
    expect(arrows).toHaveLength(3);
  });

  it("keeps every box and arrow in its bounds, whatever names there are", () => {
    const ids = fc.uniqueArray(fc.string({unit: "grapheme", maxLength: 8}), {minLength: 1, maxLength: 8});
    const drawing = ids.chain((ids) =>
      fc.record({
        ids: fc.constant(ids),
        arrows: fc.array(
          fc.tuple(
            fc.constantFrom(...ids),
            fc.constantFrom(...ids),
            fc.string({unit: "grapheme", maxLength: 12})
          ),
          {maxLength: 10}
        )
      })
    );
    fc.assert(
      fc.property(drawing, ({ids, arrows}) => {
        const {
          boxes,
          width,
          height,
          arrows: drawn
        } = layOut(graph(ids, arrows), sizes(ids.length), {
          direction: "LR",
          label
        });
        expect(boxes).toHaveLength(ids.length);
        expect(drawn).toHaveLength(arrows.length);
        for (const {x, y} of boxes) {
          expect(x).toBeGreaterThanOrEqual(49);
          expect(x).toBeLessThanOrEqual(width - 49);
          expect(y).toBeGreaterThanOrEqual(21);
          expect(y).toBeLessThanOrEqual(height - 21);
        }
        for (const {points, tip, label} of drawn) {
          for (const [x, y] of [...points, tip, ...(label ? [label] : [])]) {
            expect(Number.isFinite(x) && Number.isFinite(y)).toBe(true);
          }
        }
      }),
      {numRuns: 60}
    );
  });
});
