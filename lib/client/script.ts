// A custom facet's script with what it needs, as the platform keeps it.
import type * as wire from "../wire/index.js";
import {ValidationError} from "./errors.js";

/** What a script needs. */
export interface ScriptOptions {
  /** What it needs from PyPI, as pip names it. */
  requirements?: readonly string[];
  /**
   * What it takes besides its data, by name, with the defaults. Whole numbers are taken for integers; `{type, value}` says
   * otherwise.
   */
  arguments?: Readonly<Record<string, ArgumentDefault>>;
}

/** A default, or that with its type: `{type: "float", value: 1}`. */
export type ArgumentDefault =
  boolean | number | string | {type: "bool" | "int" | "str" | "float"; value?: boolean | number | string};

/** The fields of a custom facet that its script makes. Throws `ValidationError` for a default that isn't one value. */
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

/** Template literals are indented with the code around them, where Python wants none. */
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
