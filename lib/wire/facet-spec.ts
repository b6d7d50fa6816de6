// The platform's facet types, and the arguments of each.
import * as z from "../zod/index.js";
import {get} from "./call.js";
import {message, type Codec} from "./message.js";
import {flag, list, number, text} from "./scalars.js";
import {word} from "./word.js";

/** The type of an argument's value; a MAP has children. */
export const argumentType = word(["MAP", "BOOLEAN", "TEXT", "NUMBER"]);
export type ArgumentType = z.output<typeof argumentType>;

/** An argument of a facet or of an arrow. A MAP has `children` by name. */
export interface ArgumentSpec {
  name: string;
  argumentType: ArgumentType;
  defaultValue?: unknown;
  children: Record<string, ArgumentSpec>;
  haveSubArguments: boolean;
  isDeprecated: boolean;
  isHidden: boolean;
  isList: boolean;
  isRequired: boolean;
  options?: unknown[] | null;
}

export const argumentSpec: Codec<ArgumentSpec> = message({
  name: text,
  argumentType,
  defaultValue: z.unknown().optional(),
  children: z.record(
    z.string(),
    z.lazy(() => argumentSpec)
  ),
  haveSubArguments: flag,
  isDeprecated: flag,
  isHidden: flag,
  isList: flag,
  isRequired: flag,
  options: z.array(z.unknown()).nullish()
});

/** A facet type: its arguments and those of its arrows, and how many arrows it needs. A maximum of 0 or less is no limit. */
export const facetSpec = message({
  facetInfo: message({chainGroup: text, facetGroup: text, facetType: text, facetUid: text}),
  isDeprecated: flag,
  isHidden: flag,
  facetKeywords: list(text),
  facetRequirement: message({
    maxChildCount: number,
    minChildCount: number,
    maxParentCount: number,
    minParentCount: number
  }),
  facetArguments: z.array(argumentSpec),
  inArrowArguments: z.array(argumentSpec),
  outArrowArguments: z.array(argumentSpec)
});
export interface FacetSpec extends z.output<typeof facetSpec> {}

/** By chain group (`INPUT`, `MID`, `OUTPUT`), then by facet group, then by facet. */
export const facetSpecs = z.record(z.string(), z.record(z.string(), z.record(z.string(), facetSpec)));
export type FacetSpecs = z.output<typeof facetSpecs>;

/** All facet types of the platform, hidden ones too. */
export const getFacetSpecs = get("/component/get-facet-specs", message({}), facetSpecs);
