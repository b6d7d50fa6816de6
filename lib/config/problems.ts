// What zod finds wrong with a config, as lines for the person who wrote it: one for each mistake.
import type {z} from "zod";

type Issue = z.core.$ZodIssue;

/** A line for each mistake: where it is, what is wrong, and the value there if that helps. */
export const problemsOf = (issues: readonly Issue[], value: unknown): string[] =>
  ofMistakes(issues, value).map((issue) => describe(issue, value));

/** One issue for each mistake: a misspelled key is also a missing one, and a value of one form isn't of the others either. */
function ofMistakes(issues: readonly Issue[], value: unknown): Issue[] {
  const all = issues.flatMap((issue) => likeliest(issue, value));
  const unknown = all.filter(({code}) => code === "unrecognized_keys");
  const isTold = ({path}: Issue) =>
    at(value, path) === undefined &&
    unknown.some(
      (other) => samePath(other.path, path.slice(0, -1)) && other.message.includes(`"${String(path.at(-1))}"`)
    );
  return all.filter((issue) => !isTold(issue));
}

/** The value at a path; undefined where there is none. */
const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (object, key) => (object as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value
  );

const samePath = (a: readonly PropertyKey[], b: readonly PropertyKey[]) =>
  a.length === b.length && a.every((key, i) => key === b[i]);

/** Of a value that can have several forms, the issues of the form that it was meant to have, where that is clear. */
function likeliest(issue: Issue, value: unknown): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const forms = issue.errors
    .map((errors) => ofMistakes(errors, at(value, issue.path)))
    .filter(
      (errors) =>
        errors.length > 0 && !errors.some(({path, code}) => path.length === 0 && code !== "unrecognized_keys")
    )
    .map((errors) => ({errors, cost: errors.reduce((sum, error) => sum + costOf(error), 0)}))
    .sort((a, b) => a.cost - b.cost);
  const [best, next] = forms;
  if (!best || (next && next.cost === best.cost)) return [issue];
  return best.errors.map((error) => ({...error, path: [...issue.path, ...error.path]}));
}

/** A wrong value is likelier than a misspelled key, and that is likelier than a key of another form. */
const costOf = ({code, message}: Issue) =>
  code !== "unrecognized_keys" ? 1 : message.includes("did you mean") ? 2 : 3;

/** The start of zod's own messages; those of our schemas begin otherwise. */
const zodsOwn = "Invalid input";

function describe(issue: Issue, value: unknown): string {
  const where = issue.path.length ? issue.path.reduce<string>(step, "") : "the config";
  const found = at(value, issue.path);
  if (issue.code === "invalid_type" && issue.message.startsWith(zodsOwn)) {
    const wanted = article(issue.expected);
    if (found === undefined) return `${where}: is missing; it should be ${wanted}`;
    const example =
      issue.expected === "array" && typeof found === "string" ? `, such as [${show(found)}]` : "";
    return `${where}: ${show(found)} should be ${wanted}${example}`;
  }
  const isShort = ["string", "number", "boolean"].includes(typeof found);
  const helps = isShort || (issue.code === "invalid_union" && found !== undefined);
  return `${where}: ${issue.message}${helps ? ` (it is ${show(found)})` : ""}`;
}

const step = (path: string, key: PropertyKey) =>
  /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(String(key))
    ? `${path}${path && "."}${String(key)}`
    : `${path}[${typeof key === "number" ? key : JSON.stringify(String(key))}]`;

function article(type: string): string {
  if (type === "int") return "a whole number";
  if (type === "record") return "an object with an entry for each name, such as {demand: {…}}";
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

/** A value as it is written in the config, shortened. */
function show(value: unknown): string {
  const text = typeof value === "function" ? "a function" : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
