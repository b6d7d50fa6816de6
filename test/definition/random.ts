// Random specs, and random flows that fit them.
import fc from "fast-check";
import {FlowBuilder, type FacetBuilder, type FacetType, type FacetTypes} from "../../lib/definition/index.js";
import type {Argument, Arguments} from "../../lib/definition/index.js";

const name = fc.stringMatching(/^[a-z]{1,6}(_[a-z0-9]{1,4}){0,2}$/);
const json = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({noNaN: true, noDefaultInfinity: true}),
  fc.string({unit: "grapheme"}),
  fc.array(fc.string(), {maxLength: 6}),
  fc.dictionary(fc.string(), fc.string(), {maxKeys: 3})
);

interface WireArgument {
  name: string;
  argument_type: string;
  children: Record<string, WireArgument>;
}

/** A parameter or a hyperparameter as the wire has it; its type's field is called after its kind. */
interface WireModelArgument {
  name: string;
  children: Record<string, WireModelArgument>;
  [field: string]: unknown;
}

const byName = <T extends {name: string}>(items: T[]) =>
  Object.fromEntries(items.map((item) => [item.name, item]));

const unique = <T extends {name: string}>(item: fc.Arbitrary<T>, maxLength: number) =>
  fc.uniqueArray(item, {selector: ({name}) => name.replaceAll("_", ""), maxLength});

/** As the wire has it. */
const argument = (depth: number): fc.Arbitrary<WireArgument> =>
  fc
    .record({
      name,
      argument_type: fc.constantFrom("BOOLEAN", "NUMBER", "TEXT", ...(depth > 0 ? ["MAP"] : [])),
      default_value: json,
      children: fc.constant({}),
      have_sub_arguments: fc.boolean(),
      is_deprecated: fc.boolean(),
      is_hidden: fc.boolean(),
      is_list: fc.boolean(),
      is_required: fc.boolean(),
      options: fc.option(fc.array(fc.string({maxLength: 20}), {maxLength: 8}))
    })
    .chain((spec) =>
      spec.argument_type === "MAP"
        ? unique(argument(depth - 1), 4).map((children) => ({...spec, children: byName(children)}))
        : fc.constant({...spec, options: spec.argument_type === "TEXT" ? spec.options : null})
    );

const facetSpec = (chain: string) =>
  fc.record({
    facet_info: fc.record({
      chain_group: fc.constant(chain),
      facet_group: fc.constantFrom("WRANGLING", "TIME"),
      facet_type: fc.stringMatching(/^[A-Z]{1,8}(_[A-Z]{1,5})?$/),
      facet_uid: fc.uuid()
    }),
    is_deprecated: fc.boolean(),
    is_hidden: fc.boolean(),
    facet_keywords: fc.array(fc.string(), {maxLength: 2}),
    // No limits: what a graph needs has tests of its own.
    facet_requirement: fc.constant({
      max_child_count: 0,
      min_child_count: 0,
      max_parent_count: 0,
      min_parent_count: 0
    }),
    facet_arguments: unique(argument(2), 6),
    in_arrow_arguments: unique(argument(1), 2),
    out_arrow_arguments: fc.constant([])
  });

const groups = (chain: string) =>
  fc
    .uniqueArray(facetSpec(chain), {
      selector: (spec) => spec.facet_info.facet_type.replaceAll("_", ""),
      minLength: 1,
      maxLength: 5
    })
    .map((specs) => ({
      SOME: Object.fromEntries(specs.map((spec) => [spec.facet_info.facet_type, spec]))
    }));

/** What `get-facet-specs` could answer. */
export const facetSpecs = fc.record({INPUT: groups("INPUT"), MID: groups("MID"), OUTPUT: groups("OUTPUT")});

const modelArgument = (kind: "parameter" | "hyperparameter") =>
  argument(kind === "parameter" ? 0 : 2).map(({argument_type, ...spec}) =>
    asModelArgument(kind, argument_type, spec)
  );

const asModelArgument = (
  kind: string,
  type: string,
  spec: Omit<WireArgument, "argument_type">
): WireModelArgument => ({
  ...spec,
  have_options: false,
  have_sub_hyperparameters: false,
  hyperparameter_group: null,
  [`${kind}_type`]: type,
  children: Object.fromEntries(
    Object.entries(spec.children).map(([key, {argument_type, ...child}]) => [
      key,
      asModelArgument(kind, argument_type, child)
    ])
  )
});

const title = fc.stringMatching(/^[A-Z][a-z]{1,6}( [A-Z][a-z]{1,6})?$/);
const common = {name: title, is_deprecated: fc.boolean(), is_hidden: fc.boolean()};
const keywords = fc.array(fc.string({unit: "grapheme"}), {maxLength: 3});

/** What `get-model-specs` could answer. */
export const modelSpecs = unique(
  fc.record({
    ...common,
    keywords,
    sub_model_types: unique(
      fc.record({
        ...common,
        keywords,
        metrics: fc.dictionary(
          fc.stringMatching(/^[a-z_]{1,20}$/),
          fc.jsonValue({maxDepth: 4}) as fc.Arbitrary<unknown>,
          {
            maxKeys: 3
          }
        ),
        parameters: unique(modelArgument("parameter"), 4).map(byName),
        hyperparameters: unique(modelArgument("hyperparameter"), 5).map(byName)
      }),
      3
    )
  }),
  4
).map(byName);

/** A value that fits the argument. */
function value(argument: Argument, isList = argument.isList): fc.Arbitrary<unknown> {
  const fitting = isList
    ? fc.array(value(argument, false), {maxLength: 3})
    : argument.options.length > 0 && argument.type !== "MAP"
      ? fc.constantFrom(...argument.options)
      : scalarOrMap(argument);
  return argument.isRequired ? fitting : fc.option(fitting, {freq: 8});
}

function scalarOrMap({type, children}: Argument): fc.Arbitrary<unknown> {
  if (type === "MAP") return values(children);
  if (type === "BOOLEAN") return fc.boolean();
  if (type === "NUMBER") return fc.oneof(fc.integer(), fc.double({noNaN: true, noDefaultInfinity: true}));
  return fc.string({unit: "binary"});
}

/** Some of the arguments, each with a value that fits. */
export const values = (known: Arguments): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(Object.values(known).map((argument) => [argument.name, value(argument)])), {
    requiredKeys: []
  });

/** One facet of a flow, as a script would add it. */
export interface Step {
  chain: "INPUT" | "MID" | "OUTPUT";
  type: string;
  uid: string;
  name: string;
  /** Given one after another. */
  arguments: Record<string, unknown>[];
  /** From the facets that were added at these places. */
  arrows: {from: number; arguments: Record<string, unknown>}[];
  variables: Record<string, string>;
}

const chains = ["INPUT", "MID", "OUTPUT"] as const;

const everyType = (types: FacetTypes) =>
  chains.flatMap((chain) => types[chain].types.map((type) => ({chain, type})));

export const typeOf = (types: FacetTypes, {chain, type}: Pick<Step, "chain" | "type">): FacetType =>
  types[chain][type]!;

/** Steps that a builder takes: arrows go from earlier facets to later ones, so that they never run in a circle. */
export function steps(types: FacetTypes): fc.Arbitrary<Step[]> {
  const every = everyType(types);
  if (every.length === 0) return fc.constant([]);
  return fc
    .array(fc.constantFrom(...every), {minLength: 1, maxLength: 6})
    .chain((chosen) => fc.tuple(...chosen.map(({chain, type}, i) => step(types, chain, type, i))));
}

function step(types: FacetTypes, chain: Step["chain"], type: string, place: number): fc.Arbitrary<Step> {
  const facetType = typeOf(types, {chain, type});
  const single = Object.values(facetType.arguments).filter((a) => !a.isList && a.type !== "MAP");
  return fc.record({
    chain: fc.constant(chain),
    type: fc.constant(type),
    uid: fc.constant(facetType.facetUid),
    name: fc.string({unit: "grapheme"}).map((text) => `${text}${place}`),
    arguments: fc.array(values(facetType.arguments), {maxLength: 3}),
    arrows:
      place === 0
        ? fc.constant([])
        : fc.array(fc.record({from: fc.nat(place - 1), arguments: values(facetType.inArrowArguments)}), {
            maxLength: 3
          }),
    variables:
      single.length === 0
        ? fc.constant({})
        : fc.dictionary(
            fc.string().map((text) => `${text}${place}`),
            fc.constantFrom(...single.map((argument) => argument.name)),
            {maxKeys: 2}
          )
  });
}

/** The builder after these steps. */
export function follow(types: FacetTypes, plan: readonly Step[]): FlowBuilder {
  const builder = new FlowBuilder();
  const added: FacetBuilder[] = [];
  for (const step of plan) {
    const facet = builder.facet({facetType: typeOf(types, step), name: step.name});
    for (const some of step.arguments) facet.arguments(some);
    for (const arrow of step.arrows) facet.addArrow(added[arrow.from]!, arrow.arguments);
    facet.variables(step.variables);
    added.push(facet);
  }
  return builder;
}
