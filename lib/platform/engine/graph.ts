// A definition as a graph: checked, and put in the order in which its facets can run.
import {argumentOf, facetByUid, type FacetSpec} from "../specs/index.js";
import type {Arrow, Definition, FacetNode} from "./definition.js";
import {FlowFailure} from "./failure.js";
import {listNearest} from "./nearest.js";

/** A facet with its spec and the arrows that enter it, in the definition's order. */
export interface Node {
  facet: FacetNode;
  spec: FacetSpec;
  arrows: Arrow[];
  /** How many arrows leave it. */
  children: number;
}

/** How a message calls a facet: `COUNT`, or `COUNT 'by sector'` where it has a name. */
export const facetTitle = ({facet, spec}: Pick<Node, "facet" | "spec">) =>
  spec.facet_info.facet_type + (facet.name ? ` '${facet.name}'` : "");

/**
 * The facets in an order in which each comes after those it reads; among equals, the definition's order. Throws a
 * FlowFailure where a facet is unknown, an arrow leads nowhere, there is a cycle, or a facet has too few or too many
 * inputs.
 */
export function sortGraph({facets, arrows}: Definition): Node[] {
  if (facets.length === 0) throw new FlowFailure("", "The flow has no facets: add at least an IMPORTED one");
  const nodes = new Map<string, Node>();
  for (const facet of facets) {
    if (nodes.has(facet.facet_id)) {
      throw new FlowFailure(facet.facet_id, `Two facets have the id '${facet.facet_id}': give each its own`);
    }
    const spec = facetByUid(facet.facet_uid);
    if (!spec) {
      throw new FlowFailure(
        facet.facet_id,
        `Facet '${facet.name || facet.facet_id}' has the uid '${facet.facet_uid}', which no facet type has: ` +
          `take one from the facet specs`
      );
    }
    nodes.set(facet.facet_id, {facet, spec, arrows: [], children: 0});
  }
  for (const arrow of arrows) {
    for (const end of ["source", "destination"] as const) {
      if (nodes.has(arrow[end])) continue;
      throw new FlowFailure(
        "",
        `An arrow's ${end} is '${arrow[end]}', and no facet has this id; there is: ${listNearest(arrow[end], [...nodes.keys()])}`
      );
    }
    nodes.get(arrow.destination)!.arrows.push(arrow);
    nodes.get(arrow.source)!.children++;
  }
  for (const node of nodes.values()) checkArrows(node);
  return order(nodes);
}

function checkArrows(node: Node) {
  const {max_child_count, min_child_count, max_parent_count, min_parent_count} = node.spec.facet_requirement;
  const fail = (message: string) => {
    throw new FlowFailure(node.facet.facet_id, `${facetTitle(node)} ${message}`);
  };
  const parents = node.arrows.length;
  if (parents < min_parent_count) {
    fail(
      `needs ${tables(min_parent_count)} and gets ${parents}: draw an arrow to it from a facet that has one`
    );
  }
  if (parents > max_parent_count) {
    fail(
      `takes at most ${tables(max_parent_count)} and gets ${parents}: remove an arrow, or UNION or JOIN them first`
    );
  }
  if (node.children < min_child_count || node.children > max_child_count) {
    fail(`has ${node.children} arrows leaving it and may have ${min_child_count} to ${max_child_count}`);
  }
  for (const spec of node.spec.in_arrow_arguments) {
    for (const {arguments: args, source} of node.arrows) {
      const value = args[spec.name];
      const options = spec.options.map(String).join(" or ");
      if (value === undefined || value === null) {
        if (spec.is_required)
          fail(`needs the argument '${spec.name}' (${options}) on its arrow from '${source}'`);
      } else if (typeof value !== "string" || (spec.options.length > 0 && !spec.options.includes(value))) {
        fail(
          `has '${spec.name}' ${JSON.stringify(value)} on its arrow from '${source}': give ${options || "text"}`
        );
      }
    }
    if (spec.name !== "table_side" || !spec.is_required) continue;
    const sides = node.arrows.map((arrow) => arrow.arguments.table_side);
    if (new Set(sides).size < sides.length) {
      fail(`gets two tables as its ${String(sides[0])} one: let 'table_side' differ between its arrows`);
    }
  }
}

const tables = (count: number) => (count === 1 ? "one table" : `${count} tables`);

/** Kahn's algorithm (Comm. ACM 5 (1962), 558–562), taking what comes first in the definition. */
function order(nodes: Map<string, Node>): Node[] {
  const waiting = new Map([...nodes].map(([id, node]) => [id, node.arrows.length]));
  const children = new Map<string, string[]>();
  for (const [id, {arrows}] of nodes) {
    for (const {source} of arrows) children.set(source, [...(children.get(source) ?? []), id]);
  }
  const sorted: Node[] = [];
  while (sorted.length < nodes.size) {
    const next = [...waiting].find(([, count]) => count === 0)?.[0];
    if (next === undefined) {
      const stuck = nodes.get(waiting.keys().next().value!)!;
      const around = [...waiting.keys()]
        .map((id) => facetTitle(nodes.get(id)!))
        .slice(0, 10)
        .join(", ");
      throw new FlowFailure(
        stuck.facet.facet_id,
        `The arrows run in a circle, so that no order is right; it passes, or leads to, ${around}: remove one of them`
      );
    }
    waiting.delete(next);
    sorted.push(nodes.get(next)!);
    for (const child of children.get(next) ?? []) waiting.set(child, waiting.get(child)! - 1);
  }
  return sorted;
}

/**
 * Puts a run's variables into the facets' arguments. Throws a FlowFailure where a variable doesn't exist or leads to
 * no facet or argument. A variable without a value leaves the argument as it is.
 */
export function applyVariables(definition: Definition, values: Record<string, unknown>): Definition {
  const facets = definition.facets.map((facet) => ({...facet, arguments: {...facet.arguments}}));
  for (const [variable, value] of Object.entries(values)) {
    const target = Object.hasOwn(definition.variables, variable) ? definition.variables[variable] : undefined;
    if (!target) {
      const known = Object.keys(definition.variables);
      const there = known.length > 0 ? `it has: ${listNearest(variable, known)}` : "it has none";
      throw new FlowFailure("", `The flow has no run variable '${variable}'; ${there}`);
    }
    const facet = facets.find((candidate) => candidate.name !== "" && candidate.name === target.facet_name);
    if (!facet) {
      throw new FlowFailure(
        "",
        `Run variable '${variable}' is for a facet called '${target.facet_name}', and no facet is`
      );
    }
    const spec = facetByUid(facet.facet_uid);
    if (spec && !argumentOf(spec, target.name)) {
      throw new FlowFailure(
        facet.facet_id,
        `Run variable '${variable}' sets '${target.name}' of ${facetTitle({facet, spec})}, which has no such argument`
      );
    }
    facet.arguments[target.name] = value;
  }
  return {...definition, facets};
}
