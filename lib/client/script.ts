// A custom facet's script with its requirements and arguments, as the platform keeps them.
import type * as wire from "../wire/index.js";
import {ValidationError} from "./errors.js";

/** A script's requirements and arguments. */
export interface ScriptOptions {
  /** The packages that it needs from PyPI, as pip names them. */
  requirements?: readonly string[];
  /**
   * Its arguments by name, with their defaults. Whole numbers become integers, unless `{type, value}` says
   * otherwise.
   */
  arguments?: Readonly<Record<string, ArgumentDefault>>;
}

/** A default, or a default with its type: `{type: "float", value: 1}`. */
export type ArgumentDefault =
  boolean | number | string | {type: "bool" | "int" | "str" | "float"; value?: boolean | number | string};

/** The fields of a custom facet that come from its script. Throws `ValidationError` for a default that isn't a single value. */
export function scriptFields(
  script: string,
  {requirements = [], arguments: defaults = {}}: ScriptOptions
): {script: string; requirements: string[]; arguments: wire.CustomFacetArgument[]} {
  return {
    script: dedent(script),
    requirements: [...requirements],
    arguments: Object.entries(defaults).map(([name, value]) => argument(name, value))
  };
}

function argument(name: string, value: ArgumentDefault): wire.CustomFacetArgument {
  switch (typeof value) {
    case "boolean":
      return {name, type: "bool", value};
    case "string":
      return {name, type: "str", value};
    case "number":
      if (Number.isFinite(value)) return {name, type: Number.isInteger(value) ? "int" : "float", value};
      break;
    case "object":
      if (value !== null) return {...value, name};
  }
  throw new ValidationError(
    `argument ${JSON.stringify(name)}: the default must be a boolean, a finite number or a text, but is ${String(value)}`
  );
}

/** Removes the indentation that a template literal has from the code around it, which Python doesn't accept. */
function dedent(script: string): string {
  const margins = script
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => /^[ \t]*/.exec(line)![0]);
  const margin = margins.reduce((shared, next) => {
    let length = 0;
    while (length < shared.length && shared[length] === next[length]) length++;
    return shared.slice(0, length);
  }, margins[0] ?? "");
  return script
    .split("\n")
    .map((line) => (line.trim() === "" ? "" : line.slice(margin.length)))
    .join("\n");
}
