// What is wrong with a message, said for a person: the field's path as it is on the wire, what was expected, what came.
import type * as z from "../zod/index.js";

/** One field that isn't as expected. */
export interface Problem {
  /** Where it is, as sent: `dataset.created_at`, `models[2].name`. */
  path: string;
  /** `is missing: expected a string`, or `is "soon": expected a timestamp, …`. */
  message: string;
}

/** What zod found wrong, with what stands there when the message that was sent is given. */
export function problems({issues}: {issues: readonly z.core.$ZodIssue[]}, ...sent: unknown[]): Problem[] {
  return issues.map((issue) => {
    const expected = `expected ${expectation(issue)}`;
    if (sent.length === 0) return {path: spell(issue.path), message: `is wrong: ${expected}`};
    const found = issue.path.reduce<unknown>(at, sent[0]);
    const is = found === undefined ? "is missing" : `is ${show(found)}`;
    return {path: spell(issue.path), message: `${is}: ${expected}`};
  });
}

const at = (parent: unknown, key: PropertyKey): unknown =>
  parent !== null && typeof parent === "object" ? (parent as Record<PropertyKey, unknown>)[key] : undefined;

function spell(path: PropertyKey[]): string {
  const spelt = path.reduce<string>((parent, key) => {
    if (typeof key === "number") return `${parent}[${key}]`;
    return parent ? `${parent}.${String(key)}` : String(key);
  }, "");
  return spelt || "the whole of it";
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return /^[aeiou]/.test(issue.expected) ? `an ${issue.expected}` : `a ${issue.expected}`;
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    default:
      return issue.message;
  }
}

/** Short enough for one line, and never more of a foreign text than it takes to recognise it. */
function show(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 57)}...` : json;
}
