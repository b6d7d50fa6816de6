// A flow's definition: what the builder builds, what is saved, and what the platform gets.
import * as z from "../zod/index.js";
import * as wire from "../wire/flow-definition.js";
import {problems} from "../wire/problem.js";
import type {FacetTypes} from "./facet-types.js";
import {upgradeFacet} from "./upgrade.js";
import {ValidationError} from "../wire/validation-error.js";
import {isMap} from "./values.js";

/** A definition as it is sent and saved. */
export interface FlowDefinitionJSON {
  facets: {facet_id: string; facet_uid: string; name: string; arguments: Record<string, unknown>}[];
  arrows: {source: string; destination: string; arguments: Record<string, unknown>}[];
  arguments: Record<string, unknown>;
  variables: Record<string, {facet_name: string; name: string}>;
  model_variables: Record<string, unknown>;
}

/** A definition as a graph to draw. */
export interface FlowGraph {
  facets: FlowNode[];
  /** From facet to facet, by id. A `label` has the texts among the arrow's arguments, such as `top` for a table's side. */
  arrows: {source: string; destination: string; label?: string}[];
}

/** A facet as it is drawn. */
export interface FlowNode {
  facetId: string;
  /** The name that the flow's author gave it, or "". */
  name: string;
  /** The name of its facet type, such as `COUNT`; of an unknown one its uid, such as `M_003`. */
  type: string;
  /** `INPUT`, `MID` or `OUTPUT`; "" if its facet type is unknown. */
  chain: string;
}

/** Facets and the arrows between them, in the same fields as what `lib/wire` reads. */
export class FlowDefinition implements wire.FlowDefinition {
  readonly facets: wire.Facet[];
  readonly arrows: wire.Arrow[];
  readonly arguments: Record<string, unknown>;
  readonly variables: Record<string, wire.FlowVariable>;
  readonly modelVariables: Record<string, Record<string, unknown>>;
  readonly #warnings: readonly string[];

  constructor(fields: Partial<wire.FlowDefinition>, warnings: readonly string[] = []) {
    const {facets = [], arrows = [], variables = {}, modelVariables = {}} = fields;
    // Decoding leaves out the platform's blanks, but they are sent.
    this.facets = facets.map((facet) => ({...facet, name: facet.name ?? ""}));
    this.arrows = arrows;
    this.arguments = fields.arguments ?? {};
    this.variables = mapValues(variables, (variable) => ({...variable, facetName: variable.facetName ?? ""}));
    this.modelVariables = modelVariables;
    this.#warnings = [...warnings];
  }

  /**
   * Reads a definition from `toJSON`, from the platform or from a file: an object or its JSON text. With facet types
   * it is also upgraded. Throws `ValidationError` naming each field that isn't as expected.
   */
  static from(source: object | string, facetTypes?: FacetTypes): FlowDefinition {
    // Always through JSON, so that the result shares no objects with the source.
    const plain = parse(typeof source === "string" ? source : JSON.stringify(source));
    const decoded = z.safeDecode(wire.flowDefinition, plain);
    if (!decoded.success) {
      throw new ValidationError(
        problems(decoded.error, plain).map(({path, message}) => `Flow definition: ${path} ${message}.`)
      );
    }
    const definition = new FlowDefinition(decoded.data);
    return facetTypes ? definition.upgrade(facetTypes) : definition;
  }

  /** Warnings for its author: arguments that an upgrade dropped, scripts without a version. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** The same flow with the arguments that the facets have today: see `upgradeFacet`. */
  upgrade(facetTypes: FacetTypes): FlowDefinition {
    const upgraded = this.facets.map((facet) => upgradeFacet(facet, facetTypes.byUid(facet.facetUid)));
    const warnings = upgraded.flatMap((facet) => facet.warnings);
    return new FlowDefinition({...this, facets: upgraded.map(({facet}) => facet)}, [
      ...this.#warnings,
      ...warnings
    ]);
  }

  /** As it is sent to the platform. */
  toJSON(): FlowDefinitionJSON {
    return z.encode(wire.flowDefinition, this) as FlowDefinitionJSON;
  }

  /** Whether both do the same: facet ids, the order of arrows and the order of names in a map don't matter. */
  equals(other: FlowDefinition): boolean {
    return canonical(this) === canonical(other);
  }

  /** Its facets and arrows as they are drawn. */
  graph(facetTypes?: FacetTypes): FlowGraph {
    return {
      facets: this.facets.map(({facetId, facetUid, name = ""}) => {
        const type = facetTypes?.byUid(facetUid);
        return {facetId, name, type: type?.name ?? facetUid, chain: type?.chainGroup ?? ""};
      }),
      arrows: this.arrows.map(({source, destination, arguments: args}) => {
        const label = Object.values(args)
          .filter((value) => typeof value === "string" && value !== "")
          .join(", ");
        return {source, destination, ...(label && {label})};
      })
    };
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new ValidationError([`A flow definition must be JSON: ${(error as Error).message}.`]);
  }
}

/** A text that is the same for equal definitions: facets are numbered, arrows and the names in every map sorted. */
function canonical(definition: FlowDefinition): string {
  const {facets, arrows, ...rest} = definition.toJSON();
  const numbers = new Map(facets.map(({facet_id}, i) => [facet_id, i]));
  const number = (id: string) => numbers.get(id) ?? id;
  return sortedJSON({
    ...rest,
    facets: facets.map((facet) => ({...facet, facet_id: number(facet.facet_id)})),
    arrows: arrows
      .map((arrow) =>
        sortedJSON({...arrow, source: number(arrow.source), destination: number(arrow.destination)})
      )
      .sort()
  });
}

const sortedJSON = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    isMap(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner
  );

const mapValues = <A, B>(map: Record<string, A>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
