// What a page sends to save a flow, and its checks.
import * as z from "zod";
import {ValidationError, type FacetTypes, type FlowDefinition} from "../../definition/index.js";
import {Refused} from "../refused.js";
import {checkDefinition} from "./definition.js";

export const flowToSave = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "is empty")
    .max(200, "is longer than 200 characters")
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "has characters that can't be shown"),
  definition: z.record(z.string(), z.unknown())
});
export type FlowToSave = z.output<typeof flowToSave>;

/** The definition, built again through all checks. Throws `Refused` with what doesn't fit. */
export function checkedDefinition({definition}: FlowToSave, facetTypes: FacetTypes): FlowDefinition {
  try {
    return checkDefinition(definition, facetTypes);
  } catch (error) {
    throw error instanceof ValidationError ? new Refused("definition", error.message) : error;
  }
}
