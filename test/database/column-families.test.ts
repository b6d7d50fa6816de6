import {expect, it} from "vitest";
import {Families, type Family, type Part} from "../../lib/database/column-families.js";

let parts = 0;
const kept = (pins = 0) => ({bytes: 1, used: 0, pins, drop: () => Promise.resolve()});
const part = (columns: number[], pins = 0): Part => ({
  name: `p${++parts}`,
  columns: new Map(columns.map((column) => [column, kept(pins)]))
});
const family = (...groups: number[]): Family => ({groups: new Set(groups), parts: []});

/** Each column of a row group takes 10 bytes. */
const families = () => new Families(() => 10);

it("reads just the row groups that are needed when nothing is there", () => {
  const best = families().bestFor([2, 5], [0]);
  expect([...best.groups]).toEqual([2, 5]);
  expect(best.parts).toEqual([]);
});

it("uses more row groups than are needed where that leaves nothing to read", () => {
  const all = families();
  const whole = family(0, 1, 2);
  all.add(whole, part([0, 1]));
  expect(all.bestFor([1], [0, 1])).toBe(whole);
});

it("doesn't read a column of all row groups for a statement that needs one of them", () => {
  const all = families();
  all.add(family(0, 1, 2), part([0]));
  const best = all.bestFor([1], [0, 7]);
  expect([...best.groups]).toEqual([1]);
});

it("prefers the fewest row groups of those that leave the same to read", () => {
  const all = families();
  const wide = family(0, 1, 2, 3);
  const narrow = family(1, 2);
  all.add(wide, part([0]));
  all.add(narrow, part([0]));
  expect(all.bestFor([1], [0])).toBe(narrow);
});

it("finds who has all the columns of a row group, in several parts too", () => {
  const all = families();
  const two = family(0, 1);
  all.add(two, part([0]));
  all.add(two, part([3]));
  expect(all.holderOf(1, [3, 0])).toBe(two);
  expect(all.holderOf(1, [3, 4])).toBeUndefined();
  expect(all.holderOf(2, [0])).toBeUndefined();
});

it("tells the columns that another family has too, but not those in use", () => {
  const all = families();
  const small = family(1);
  const used = part([2], 1);
  const idle = part([0, 9]);
  all.add(small, idle);
  all.add(small, used);
  all.add(family(1, 5), part([0])); // has a row group that the large one doesn't
  const large = family(0, 1, 2);
  all.add(large, part([0, 2]));
  expect(all.doublesOf(large).map(({part: {name}, column}) => [name, column])).toEqual([[idle.name, 0]]);
});

it("forgets a family with its last column", () => {
  const all = families();
  const one = family(0);
  const only = part([0, 1]);
  all.add(one, only);
  all.forget(one, only, 0);
  expect(all.holderOf(0, [1])).toBe(one);
  all.forget(one, only, 1);
  expect(all.holderOf(0, [1])).toBeUndefined();
  expect(one.parts).toEqual([]);
  expect(all.clear()).toEqual([]);
});
