// Whether values fit what the config says of a flow's variables. The form checks while the viewer types, the gateway before a run.
import type {Variable, VariableValue, VariableValues} from "./variable.js";

/** Longest text that a variable may hold, in UTF-16 code units. */
const longestText = 4_000;

/** The values with defaults filled in; or, by name, what is wrong with each value that doesn't fit, to show beside its field. */
export type CheckedVariables =
  {values: VariableValues; faults?: undefined} | {values?: undefined; faults: Record<string, string>};

/**
 * Checks the values of a run. One that is undefined or null counts as not given: its default is taken or, without one, the
 * flow's own.
 * @param matches how a pattern is matched; the browser's own way if left out, which a pattern may keep busy for long. What checks for
 *   others gives one whose time is bounded
 */
export function checkVariables(
  variables: Readonly<Record<string, Variable>>,
  given: Readonly<Record<string, unknown>>,
  matches: Matches = matchesHere
): CheckedVariables {
  const faults: [string, string][] = [];
  const values: [string, VariableValue][] = [];
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(variables, name)) continue;
    const names = Object.keys(variables);
    faults.push([
      name,
      `is not a variable of this flow; ${names.length ? `it has ${names.join(", ")}` : "it has none"}`
    ]);
  }
  for (const [name, variable] of Object.entries(variables)) {
    const value = (Object.hasOwn(given, name) ? given[name] : undefined) ?? variable.default;
    const fault = variableFault(variable, value, matches);
    if (fault !== undefined) faults.push([name, fault]);
    else if (value !== undefined) values.push([name, value as VariableValue]);
  }
  return faults.length ? {faults: Object.fromEntries(faults)} : {values: Object.fromEntries(values)};
}

/** What is wrong with a value of the variable, as a sentence without its subject; undefined when nothing is. */
export function variableFault(
  variable: Variable,
  value: unknown,
  matches: Matches = matchesHere
): string | undefined {
  if (value === undefined || value === null) return variable.required ? "is needed" : undefined;
  switch (variable.type) {
    case "integer":
      if (!Number.isSafeInteger(value)) return "should be a whole number";
      return outside(variable, value as number);
    case "number":
      if (!Number.isFinite(value)) return "should be a number";
      return outside(variable, value as number);
    case "text":
      if (typeof value !== "string") return "should be text";
      if (value.length > longestText) return `is longer than ${longestText.toLocaleString("en")} characters`;
      if (variable.pattern !== undefined && !matches(variable.pattern, value)) {
        return `should match ${variable.pattern}`;
      }
      return;
    case "boolean":
      return typeof value === "boolean" ? undefined : "should be true or false";
    case "date":
      if (typeof value !== "string" || !isDay(value)) return "should be a day, written YYYY-MM-DD";
      return outside(variable, value);
    case "choice":
      return variable.options.includes(value as string)
        ? undefined
        : `should be one of ${variable.options.join(", ")}`;
  }
}

function outside<T extends number | string>({min, max}: {min?: T; max?: T}, value: T): string | undefined {
  const isDate = typeof value === "string";
  if (min !== undefined && value < min) return `should be ${isDate ? "on or after" : "at least"} ${min}`;
  if (max !== undefined && value > max) return `should be ${isDate ? "on or before" : "at most"} ${max}`;
  return;
}

/** Whether the whole text matches a pattern. */
export type Matches = (pattern: string, text: string) => boolean;

/** As the `pattern` of an HTML field does. */
const matchesHere: Matches = (pattern, text) => new RegExp(`^(?:${pattern})$`, "v").test(text);

/** Whether it is a day of the calendar: JavaScript reads 2026-02-30 as the second of March. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
