// What kinds of facets the platform has, and the arguments each takes.
import * as z from "zod";
import {get} from "./call.js";
import {message, type Codec} from "./message.js";
import {flag, list, number, text} from "./scalars.js";
import {word} from "./word.js";

/** What an argument's value is; a MAP has children of their own. */
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

/** A kind of facet: the arguments that it and its arrows take, and how many arrows it needs. A maximum of 0 or less is none. */
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

/** Every kind of facet that the platform has, hidden ones too. */
export const getFacetSpecs = get("/component/get-facet-specs", message({}), facetSpecs);
