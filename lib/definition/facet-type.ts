// A facet type: its name, its arguments, and its help text.
import type {FacetSpec} from "../wire/facet-spec.js";
import {facetArgumentHelp, visible} from "./argument-help.js";
import {argumentsOf, type Arguments} from "./argument.js";
import {titleName} from "./name.js";
import {pad} from "./python.js";
import type {FacetShape, shape} from "./typed.js";

/** How many arrows come in (parents) and go out (children) of a facet. A maximum of 0 or less is no limit. */
export type FacetRequirement = FacetSpec["facetRequirement"];

/** A facet type, such as `facetTypes.MID.COUNT`. */
export class FacetType<Shape extends FacetShape = FacetShape> {
  declare readonly [shape]?: Shape;
  /** As the platform lists it: `COUNT`. */
  readonly name: string;
  /** As definitions name it: `M_003`. */
  readonly facetUid: string;
  /** `INPUT`, `MID` or `OUTPUT`. */
  readonly chainGroup: string;
  /** `MACHINE_LEARNING`, for instance. */
  readonly facetGroup: string;
  readonly keywords: readonly string[];
  readonly isDeprecated: boolean;
  /** Not in `types` nor in the help of its chain group, but still found by name. */
  readonly isHidden: boolean;
  readonly requirement: FacetRequirement;
  readonly arguments: Arguments;
  /** Arguments of arrows into it, such as the side of a union that a table is for. */
  readonly inArrowArguments: Arguments;
  readonly outArrowArguments: Arguments;

  constructor(spec: FacetSpec) {
    this.name = spec.facetInfo.facetType;
    this.facetUid = spec.facetInfo.facetUid;
    this.chainGroup = spec.facetInfo.chainGroup;
    this.facetGroup = spec.facetInfo.facetGroup;
    this.keywords = spec.facetKeywords;
    this.isDeprecated = spec.isDeprecated;
    this.isHidden = spec.isHidden;
    this.requirement = spec.facetRequirement;
    this.arguments = argumentsOf(spec.facetArguments);
    this.inArrowArguments = argumentsOf(spec.inArrowArguments);
    this.outArrowArguments = argumentsOf(spec.outArrowArguments);
  }

  /** Whether it trains a model or runs one, and so is added with `modelFacet`. */
  get isModelFacet(): boolean {
    return this.facetGroup.toUpperCase() === "MACHINE_LEARNING";
  }

  /** Its arguments, as text. */
  help(): string {
    return facetHelp(this);
  }
}

/** Help that is indented by `indent` spaces. */
export function facetHelp(type: FacetType, indent = 0): string {
  const section = (title: string, args: Arguments) =>
    visible(args).length > 0 ? [`${pad(indent + 2)}${title}:`, ...facetArgumentHelp(args, indent + 4)] : [];
  const sections = [
    ...section("facet_arguments", type.arguments),
    ...section("in_arrow_arguments", type.inArrowArguments),
    ...section("out_arrow_arguments", type.outArrowArguments)
  ];
  const lines = sections.length > 0 ? sections : [`${pad(indent + 2)}No arguments`];
  return [`${pad(indent)}${titleName(type.name)}:`, ...lines].join("\n");
}
