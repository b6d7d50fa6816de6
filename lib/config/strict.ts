// Objects of the config: their keys and no others.
import {z} from "zod";
import {nearestName} from "../names/index.js";

/** An object with these keys and no others; an unknown key is answered with the one that was probably meant. */
export function strict<Shape extends z.core.$ZodShape>(shape: Shape) {
  const keys = Object.keys(shape);
  const needed = keys.filter((key) => shape[key]!._zod.optin !== "optional");
  return z.strictObject(shape, {
    error: (issue) => {
      const {input} = issue;
      if (issue.code === "invalid_type" && input !== undefined && needed.length > 0)
        return exampleOf(needed[0]!, input);
      if (issue.code !== "unrecognized_keys") return undefined;
      const missing = needed.filter((key) => !Object.hasOwn(input as object, key));
      return issue.keys.map((key) => unknownKey(key, keys, missing)).join("; ");
    }
  });
}

function unknownKey(key: string, keys: string[], missing: string[]): string {
  const meant = nearestName(key, keys);
  if (meant !== undefined) return `unknown key "${key}"; did you mean "${meant}"?`;
  const [needed] = missing;
  return `unknown key "${key}"${needed === undefined ? "" : `, and "${needed}" is missing`}; the keys here are ${keys.join(", ")}`;
}

/** For something else in an object's place: the object that it could be. */
const exampleOf = (key: string, input: unknown) =>
  `should be an object, such as {${key}: ${typeof input === "string" ? JSON.stringify(input) : "…"}}`;

/** The name or id of something on the platform. */
export const name = z.string().trim().min(1, "is empty; write a name or id as Ikigai shows it");
