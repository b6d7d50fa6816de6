// Objects of the config: their keys and no others.
import {z} from "zod";
import {nearestName} from "../names/index.js";

/** An object with these keys and no others; an unknown key is answered with the nearest of them. */
export function strict<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return undefined;
      const keys = Object.keys(shape);
      return issue.keys
        .map((key) => {
          const meant = nearestName(key, keys);
          return `unknown key "${key}"; ${meant ? `did you mean "${meant}"?` : `the keys here are ${keys.join(", ")}`}`;
        })
        .join("; ");
    }
  });
}

/** The name or id of something on the platform. */
export const name = z.string().trim().min(1, "is empty; write a name or id as Ikigai shows it");
