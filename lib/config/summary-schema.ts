// Checks an entry's `summary`, except what only the dataset's own columns can tell.
import {z} from "zod";
import {measures} from "../metrics/index.js";
import {nearestName} from "../names/index.js";
import {strict} from "./strict.js";
import {aggregates, measureColumn, type SummaryEntry, type SummaryMeasure} from "./summary.js";

const column = z.string().min(1, "is empty; write a column's name");
const orNumber = (number: z.ZodNumber, error: string) => z.union([column, number], {error}).optional();
const columnOrNumber = orNumber(z.number(), "should be a column's name or a number");
const share = "should be a column's name or a share between 0 and 1, such as 0.9";
const columnOrShare = orNumber(z.number().gt(0, share).lt(1, share), share);
const names = ["count", ...Object.keys(measures)];

const measure = z.custom<SummaryMeasure>().superRefine((value: unknown, context) => {
  const problem = problemOf(value);
  if (problem !== undefined) context.addIssue({code: "custom", message: problem});
});

function problemOf(measure: unknown): string | undefined {
  if (typeof measure === "string") {
    if (names.includes(measure)) return undefined;
    const meant = nearestName(measure, names);
    return `is not a measure; ${meant ? `did you mean "${meant}"?` : `there are ${names.join(", ")}, and {sum: "column"}`}`;
  }
  const entries = typeof measure === "object" && measure !== null ? Object.entries(measure) : [];
  const [[key, of] = []] = entries;
  if (entries.length !== 1 || typeof of !== "string" || of === "")
    return `should be a measure's name, such as "wape", or one figure of one column, such as {sum: "employees"}`;
  if (aggregates.some((name) => name === key)) return undefined;
  const meant = nearestName(key!, aggregates);
  return `has no figure "${key}"; ${meant ? `did you mean "${meant}"?` : `there are ${aggregates.join(", ")}`}`;
}

export const summary = strict({
  by: z.array(column).min(1, "is empty; name the columns to group by"),
  measures: z.array(measure).min(1, 'is empty; name what to compute of each group, such as "count"'),
  actual: column.optional(),
  forecast: column.optional(),
  lower: column.optional(),
  upper: column.optional(),
  baseline: column.optional(),
  scale: columnOrNumber,
  squaredScale: columnOrNumber,
  level: columnOrShare,
  probability: columnOrShare
}).superRefine(({by, measures}: SummaryEntry, context) => {
  // SQL doesn't tell casings apart.
  const taken = new Set<string>();
  const claim = (name: string, path: PropertyKey[]) => {
    const key = name.toLowerCase();
    if (taken.has(key))
      context.addIssue({
        code: "custom",
        path,
        message: `would make a second column "${name}"; leave one out`
      });
    taken.add(key);
  };
  by.forEach((name, i) => claim(name, ["by", i]));
  measures.forEach((measure, i) => {
    if (problemOf(measure) === undefined) claim(measureColumn(measure), ["measures", i]);
  });
});
