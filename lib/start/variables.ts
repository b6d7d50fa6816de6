// A flow's run variable as the config describes it, by the value that it has.
import type {Variable} from "../config/index.js";
import {wellFormed} from "./well-formed.js";

/** Undefined for a value that no field of a form can hold, such as a list. */
export function variableOf(value: unknown): Variable | undefined {
  switch (typeof value) {
    case "boolean":
      return {type: "boolean", default: value};
    case "number":
      if (!Number.isFinite(value)) return {type: "number"};
      return {type: Number.isInteger(value) ? "integer" : "number", default: value};
    case "string":
      if (isDay(value)) return {type: "date", default: value};
      return value === "" ? {type: "text"} : {type: "text", default: wellFormed(value)};
    default:
      return value === null || value === undefined ? {type: "text"} : undefined;
  }
}

const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
