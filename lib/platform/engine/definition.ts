// A flow definition as the wire has it, made whole: what is left out or of an older form is put right.
import * as z from "zod";
import {FlowFailure} from "./failure.js";

const args = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {});

const definition = z.object({
  facets: z.array(
    z.object({
      facet_id: z.string(),
      facet_uid: z.string(),
      name: z
        .string()
        .nullish()
        .transform((value) => value ?? ""),
      arguments: args
    })
  ),
  arrows: z
    .array(z.object({source: z.string(), destination: z.string(), arguments: args}))
    .nullish()
    .transform((value) => value ?? []),
  variables: z
    .record(z.string(), z.object({facet_name: z.string(), name: z.string()}))
    .nullish()
    .transform((value) => value ?? {})
});

export type Definition = z.output<typeof definition>;
export type FacetNode = Definition["facets"][number];
export type Arrow = Definition["arrows"][number];

/** Reads a definition. Throws a FlowFailure that names the place where it isn't one. */
export function readDefinition(input: unknown): Definition {
  const read = definition.safeParse(input);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new FlowFailure(
      "",
      `The flow's definition is broken at ${issue!.path.join(".") || "its top"}: ${issue!.message}`
    );
  }
  return {...read.data, facets: read.data.facets.map(upgrade)};
}

/** Older definitions spell one argument differently and carry one that no longer means anything. */
function upgrade(facet: FacetNode): FacetNode {
  const {submodel_type, experiment_selection: _, ...rest} = facet.arguments;
  return {
    ...facet,
    arguments: submodel_type === undefined ? rest : {sub_model_type: submodel_type, ...rest}
  };
}
