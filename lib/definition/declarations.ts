// Writes a platform's specs as TypeScript declarations, so that an editor completes the arguments of its facets and models
// and marks wrong ones.
import type {FacetSpecs} from "../wire/facet-spec.js";
import type {ModelSpec} from "../wire/model-spec.js";
import type {Argument, Arguments} from "./argument.js";
import {chains, typesOf} from "./facet-types.js";
import {SubModelType} from "./model-type.js";
import {pad} from "./python.js";

/**
 * The text of a declaration file, from the platform's answers to `get-facet-specs` and `get-model-specs`. It fills in
 * `DeclaredFacetTypes` and `DeclaredModelTypes`; TypeScript only has to include it.
 */
export function declarations(facetSpecs: FacetSpecs, modelSpecs: Record<string, ModelSpec>): string {
  return [
    "// What the platform's facets and models take. Written from its specs: write it again rather than change it.",
    'import type {Nothing} from "ikigai-kit/definition";',
    "",
    'declare module "ikigai-kit/definition" {',
    `  interface DeclaredFacetTypes ${block(facetShapes(facetSpecs), 2)}`,
    "",
    `  interface DeclaredModelTypes ${block(modelShapes(modelSpecs), 2)}`,
    "}",
    ""
  ].join("\n");
}

/** A type as text, or a type literal with members: `name: type`. */
type Type = string | Member[];

interface Member {
  name: string;
  type: Type;
  /** What follows a type literal: `[]`, ` | null`. */
  suffix?: string;
  isOptional?: boolean;
  comment?: string;
}

const facetShapes = (specs: FacetSpecs): Member[] =>
  chains.map((chain) => ({
    name: chain,
    type: shown(typesOf(specs[chain] ?? {})).map((type) => ({
      name: type.name,
      type: [
        {name: "arguments", type: members(type.arguments)},
        {name: "inArrow", type: members(type.inArrowArguments)},
        {name: "outArrow", type: members(type.outArrowArguments)}
      ]
    }))
  }));

const modelShapes = (specs: Record<string, ModelSpec>): Member[] =>
  shown(Object.values(specs)).map(({name, subModelTypes}) => ({
    name,
    type: shown(subModelTypes.map((spec) => new SubModelType(name, spec))).map((subModel) => ({
      name: subModel.name,
      type: [
        {name: "parameters", type: members(subModel.parameters)},
        {name: "hyperparameters", type: members(subModel.hyperparameters)}
      ]
    }))
  }));

/** The items that aren't hidden, by name: the platform lists them in any order, and the same specs must give the same text. */
const shown = <T extends {readonly isHidden: boolean; readonly name: string}>(items: readonly T[]) =>
  byName(items.filter((item) => !item.isHidden));

const byName = <T extends {readonly name: string}>(items: readonly T[]) =>
  items.toSorted((a, b) => (a.name < b.name ? -1 : 1));

const members = (args: Arguments): Type => {
  const listed = byName(Object.values(args));
  return listed.length > 0 ? listed.map(member) : "Nothing";
};

const member = (argument: Argument): Member => ({
  name: argument.name,
  type: typeOf(argument),
  suffix: (argument.isList ? "[]" : "") + (argument.isRequired ? "" : " | null"),
  isOptional: !argument.isRequired,
  comment: commentOn(argument)
});

const scalars: Record<string, string> = {BOOLEAN: "boolean", TEXT: "string", NUMBER: "number"};

function typeOf({type, options, children, isList}: Argument): Type {
  if (type === "MAP") return members(children);
  if (options.length === 0) return scalars[type] ?? "unknown";
  const values = options.map((option) => JSON.stringify(option)).join(" | ");
  return isList && options.length > 1 ? `(${values})` : values;
}

function commentOn({defaultValue, isDeprecated, isHidden}: Argument): string {
  return [
    isDeprecated ? "@deprecated" : "",
    isHidden ? "Not shown in help." : "",
    defaultValue == null ? "" : `Default: ${JSON.stringify(defaultValue)}`
  ]
    .filter(Boolean)
    .join(" ")
    .replaceAll("*/", "*\\/");
}

function block(type: Type, indent: number): string {
  if (typeof type === "string") return type;
  const lines = type.map(({name, type, suffix = "", isOptional, comment}) => {
    const key = /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name);
    const before = comment ? `${pad(indent + 2)}/** ${comment} */\n` : "";
    return `${before}${pad(indent + 2)}${key}${isOptional ? "?" : ""}: ${block(type, indent + 2)}${suffix};`;
  });
  return ["{", ...lines, `${pad(indent)}}`].join("\n");
}
