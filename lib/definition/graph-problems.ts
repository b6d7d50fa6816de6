// Finds what is wrong with a flow's graph: the number of arrows at each facet, and circles.
import type {Arrow} from "../wire/flow-definition.js";
import type {FacetRequirement} from "./facet-type.js";
import {sentence} from "./name.js";

/** The fields of a facet that are used here. */
interface GraphFacet {
  readonly facetId: string;
  /** As errors name it. */
  readonly label: string;
  readonly facetType: {readonly requirement: FacetRequirement};
}

/** A sentence for each facet with too few or too many arrows, and one for the first circle of arrows. */
export function graphProblems(facets: readonly GraphFacet[], arrows: readonly Arrow[]): string[] {
  const parents = new Map(facets.map(({facetId}) => [facetId, [] as string[]]));
  const children = new Map(facets.map(({facetId}) => [facetId, [] as string[]]));
  for (const {source, destination} of arrows) {
    parents.get(destination)?.push(source);
    children.get(source)?.push(destination);
  }
  const counts = facets.flatMap((facet) => {
    const {minParentCount, maxParentCount, minChildCount, maxChildCount} = facet.facetType.requirement;
    return [
      countProblem(facet, "coming in", parents.get(facet.facetId)!.length, minParentCount, maxParentCount),
      countProblem(facet, "going out", children.get(facet.facetId)!.length, minChildCount, maxChildCount)
    ].filter((problem) => problem !== undefined);
  });
  const circle = findCircle(parents, children);
  if (!circle) return counts;
  const labels = new Map(facets.map(({facetId, label}) => [facetId, label]));
  return [...counts, `The arrows run in a circle: ${circle.map((id) => labels.get(id)).join(" → ")}.`];
}

/** A maximum of 0 or less means no limit: the platform sends it when none is set. */
function countProblem({label}: GraphFacet, which: string, count: number, min: number, max: number) {
  const has = `${label} has ${count || "no"} ${count === 1 ? "arrow" : "arrows"} ${which}`;
  if (count < min) return sentence(`${has}, but needs at least ${min}.`);
  if (max > 0 && count > max) return sentence(`${has}, but takes at most ${max}.`);
  return undefined;
}

/** Removes facets without parents until none is left: those that remain are in a circle or after one. */
function findCircle(parents: Map<string, string[]>, children: Map<string, string[]>): string[] | undefined {
  const left = new Map(Array.from(parents, ([id, {length}]) => [id, length]));
  const free = [...left.keys()].filter((id) => left.get(id) === 0);
  for (const id of free) {
    left.delete(id);
    for (const child of children.get(id)!) {
      const count = left.get(child)! - 1;
      left.set(child, count);
      if (count === 0) free.push(child);
    }
  }
  // Each of them has a parent among them, so following parents must lead to a circle.
  let [id] = left.keys();
  if (id === undefined) return undefined;
  const path: string[] = [];
  while (!path.includes(id)) {
    path.unshift(id);
    id = parents.get(id)!.find((parent) => left.has(parent))!;
  }
  return [id, ...path.slice(0, path.indexOf(id) + 1)];
}
