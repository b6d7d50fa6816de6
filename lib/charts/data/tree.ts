// Series that are parts of others, as a tree from the total down.
import {inFiles, type Data} from "../../metrics/column.js";
import {byName} from "../../names/by-name.js";
import {isolated} from "../labels.js";
import {twoRows} from "../two-rows.js";
import {numbers, texts, type Value} from "../values.js";

/** A series, and the sum of its parts where it has no value of its own. */
export interface Branch {
  name: string;
  /** NaN if neither it nor all of its parts have one. */
  value: number;
  /** The largest first, then those without a value. */
  parts: Branch[];
  /** How deep it stands: 0 is the total. */
  depth: number;
  /** Its share of what it is a part of; NaN if that isn't known. */
  share: number;
}

interface TreeColumns {
  series: Value;
  parent: Value | undefined;
  value: Value;
  /** What the sum of several series that are no part of any other is called. */
  total: string;
}

/** The tree; with several series that are no part of another, these are the parts of a total. Throws for a series that is a part of itself. */
export function treeOf(data: Data, {series, parent, value, total}: TreeColumns): Branch {
  const names = texts(data, series);
  const parents = parent === undefined ? [] : texts(data, parent);
  const values = numbers(data, value);
  const own = new Map<string, number>();
  const partsOf = new Map<string, string[]>();
  const isPart = new Set<string>();
  for (const [i, name] of names.entries()) {
    if (own.has(name))
      throw new Error(
        `There are several rows${inFiles(data)} for ${isolated(name)}, such as ${twoRows(names.indexOf(name), i)}: give one for each series, such as those of one time`
      );
    own.set(name, values[i]!);
    const whole = parents[i];
    if (!whole) continue;
    isPart.add(name);
    const others = partsOf.get(whole);
    if (others) others.push(name);
    else partsOf.set(whole, [name]);
  }
  const roots = [...new Set([...own.keys(), ...partsOf.keys()])].filter((name) => !isPart.has(name));
  if (!roots.length) throw circular(names[0]!);
  const made = new Set<string>();
  const branch = (name: string, depth: number): Branch => {
    made.add(name);
    return grown(
      name,
      own.get(name) ?? NaN,
      (partsOf.get(name) ?? []).map((part) => branch(part, depth + 1)),
      depth
    );
  };
  const tree =
    roots.length === 1
      ? branch(roots[0]!, 0)
      : grown(
          total,
          NaN,
          roots.map((name) => branch(name, 1)),
          0
        );
  const lost = names.find((name) => !made.has(name));
  if (lost !== undefined) throw circular(lost);
  return tree;
}

const circular = (name: string) =>
  new Error(`The series "${name}" is a part of itself: correct the parents of the series`);

function grown(name: string, own: number, parts: Branch[], depth: number): Branch {
  const value = isNaN(own) && parts.length ? parts.reduce((sum, part) => sum + part.value, 0) : own;
  const sorted = parts
    .map((part) => ({...part, share: value ? part.value / value : NaN}))
    .sort(
      (a, b) => Number(isNaN(a.value)) - Number(isNaN(b.value)) || b.value - a.value || byName(a.name, b.name)
    );
  return {name, value, parts: sorted, depth, share: NaN};
}

/** The branches from the top down, each before its parts; of more than `limit`, those of the largest size, with what contains them. */
export function linesOf(tree: Branch, limit: number): {shown: Branch[]; more: number} {
  const all: {branch: Branch; above: Branch | undefined}[] = [];
  const walk = (branch: Branch, above?: Branch) => {
    all.push({branch, above});
    for (const part of branch.parts) walk(part, branch);
  };
  walk(tree);
  if (all.length <= limit + 1) return {shown: all.map(({branch}) => branch), more: 0};
  const above = new Map(all.map((each) => [each.branch, each.above]));
  const kept = new Set<Branch>();
  const size = ({value}: Branch) => (isNaN(value) ? -1 : Math.abs(value));
  for (const {branch} of all.toSorted((a, b) => size(b.branch) - size(a.branch))) {
    if (kept.size >= limit) break;
    for (let next: Branch | undefined = branch; next && !kept.has(next); next = above.get(next))
      kept.add(next);
  }
  return {shown: all.flatMap(({branch}) => (kept.has(branch) ? [branch] : [])), more: all.length - kept.size};
}
