// One call of the API: its method and path, the shape it accepts, and what it answers, apart from any server.
import type {z} from "zod";
import {rejected} from "./error.js";

export interface Call {
  method: "GET" | "POST";
  path: string;
  /** Answers a request of `user`, whose query or body is not checked yet. */
  answer: (input: unknown, user: string) => unknown;
}

const call =
  (method: Call["method"]) =>
  <Input extends z.ZodType>(
    path: string,
    input: Input,
    answer: (input: z.output<Input>, user: string) => unknown
  ): Call => ({method, path, answer: (raw, user) => answer(check(input, raw), user)});

export const get = call("GET");
export const post = call("POST");

/** Checks an input, or says in one sentence what is wrong with it. */
function check<Input extends z.ZodType>(schema: Input, raw: unknown): z.output<Input> {
  if (depthOf(raw) > deepest) throw rejected(`The request is nested more than ${deepest} levels deep`);
  const result = schema.safeParse(raw ?? {}, {reportInput: true});
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const field = issue.path.join(".") || "The request";
  if (issue.code === "custom" || issue.input !== undefined) throw rejected(`${field}: ${describe(issue)}`);
  throw rejected(`${field} is required`);
}

/** Levels of lists and objects within each other: a flow definition needs ten. Deeper ones would exhaust the stack of the code that reads them. */
const deepest = 100;

/** How many levels of lists and objects a value has, counted up to one more than are allowed. */
function depthOf(value: unknown): number {
  let level = [value];
  for (let depth = 0; ; depth++) {
    level = level.filter((one) => typeof one === "object" && one !== null);
    if (level.length === 0 || depth > deepest) return depth;
    level = level.flatMap((one) => Object.values(one as object) as unknown[]);
  }
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type") return issue.message;
  const got = issue.input === null ? "null" : Array.isArray(issue.input) ? "array" : typeof issue.input;
  return `expected ${issue.expected}, got ${got}`;
}
