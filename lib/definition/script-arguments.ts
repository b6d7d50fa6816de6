// The arguments of a facet that runs a user's own script: the script's, by name, beside the facet's own.
import type {CustomFacetArgument} from "../wire/custom-facet.js";
import type {Argument, Arguments} from "./argument.js";
import {FacetArguments} from "./facet-arguments.js";
import type {FacetType} from "./facet-type.js";
import {merge} from "./merge.js";

/** A version of a custom facet, to use in a flow. */
export interface CustomFacetUse {
  readonly customFacetId: string;
  /** "" for the newest saved version, or the draft while there is none. */
  readonly versionId: string;
  /** The CUSTOM_FACET type of its chain group. */
  readonly facetType: FacetType;
  /** What the script takes. */
  readonly arguments: readonly CustomFacetArgument[];
}

const types: Readonly<Record<string, string>> = {
  bool: "BOOLEAN",
  int: "NUMBER",
  float: "NUMBER",
  str: "TEXT"
};

/** Arguments of the facet itself that are not for setting: which script it runs, and the list of the script's arguments. */
const fixed = new Set(["custom_facet_id", "version_id", "arguments"]);

/** What one custom facet was given so far. */
export class ScriptArguments extends FacetArguments {
  readonly #ofScript: Arguments;
  readonly #ofFacet: Arguments;
  #script: Readonly<Record<string, unknown>> = {};

  constructor({customFacetId, versionId, facetType, arguments: script}: CustomFacetUse, label: string) {
    super(facetType, label);
    this.#ofScript = Object.fromEntries(script.map((argument) => [argument.name, scriptArgument(argument)]));
    this.#ofFacet = Object.fromEntries(
      Object.entries(facetType.arguments).filter(([own]) => !fixed.has(own))
    );
    super.merge({custom_facet_id: customFacetId, version_id: versionId});
  }

  override sent(): Readonly<Record<string, unknown>> {
    const script = Object.entries(this.#script).map(([name, value]) => ({
      name,
      value,
      type: this.#ofScript[name]!.type
    }));
    return {...super.sent(), arguments: script};
  }

  /** The script's arguments, and the facet's own if it has others than those that name the script. */
  protected override known(): Arguments {
    return {...this.#ofScript, ...this.#ofFacet};
  }

  /** Keeps what the script takes apart from what the facet itself takes. */
  protected override merge(values: Readonly<Record<string, unknown>>): void {
    const entries = Object.entries(values);
    const isOwn = ([name]: [string, unknown]) => Object.hasOwn(this.#ofFacet, name);
    this.#script = merge(this.#script, Object.fromEntries(entries.filter((entry) => !isOwn(entry))));
    super.merge(Object.fromEntries(entries.filter(isOwn)));
  }
}

const scriptArgument = ({name, type, value}: CustomFacetArgument): Argument => ({
  name,
  type: types[type] ?? type,
  isList: false,
  isRequired: true,
  isHidden: false,
  isDeprecated: false,
  defaultValue: value ?? null,
  options: [],
  children: {}
});
