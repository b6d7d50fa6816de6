// A dataset's entry of the config.
import {z} from "zod";
import {count} from "./refresh-schema.js";
import {name, strict} from "./strict.js";
import {summary} from "./summary-schema.js";

const column = z.string().min(1, "is empty; write a column's name");

/** DuckDB writes rows in steps of 2,048, and the rows of a group are in memory while it is written. */
const rowGroup = z
  .int()
  .min(2_048, "should be 2,048 rows or more: each group is fetched and decoded by itself")
  .max(1_000_000, "should be 1,000,000 rows or fewer: a group is in memory while it is written and read");

const sort = z.union(
  [
    z.literal(false),
    z
      .array(column)
      .min(1, "is empty; name the columns to sort by, or write false to keep the platform's order")
      .superRefine((columns, context) => {
        for (const [i, one] of columns.entries())
          if (columns.indexOf(one) < i)
            context.addIssue({code: "custom", path: [i], message: "is named twice; name each column once"});
      })
  ],
  {error: 'should be columns to sort by, such as ["sku", "month"], or false to keep the platform\'s order'}
);

const partition = z.union(
  [
    column,
    strict({
      by: column,
      every: z.enum(["year", "quarter", "month"], {error: 'should be "year", "quarter" or "month"'})
    })
  ],
  {error: 'should be a column, such as "region", or the spans of a time, such as {by: "day", every: "year"}'}
);

export const dataset = strict({
  dataset: name,
  app: name.optional(),
  sql: z.string().trim().min(1, "is empty").optional(),
  engine: z.enum(["local", "platform"], {error: 'should be "local" or "platform"'}).optional(),
  keep: count("contents").optional(),
  editions: z.boolean().optional(),
  sort: sort.optional(),
  rowGroup: rowGroup.optional(),
  summary: summary.optional(),
  partition: partition.optional()
})
  .refine(({partition, summary}) => partition === undefined || summary === undefined, {
    path: ["partition"],
    message: "can't be used together with summary, whose file is small; leave it out"
  })
  .refine(({summary, sql}) => summary === undefined || sql === undefined, {
    path: ["summary"],
    message:
      "can't be used together with sql: an entry publishes one of them; give the other an entry of its own"
  })
  .refine(({engine, sql}) => engine !== "platform" || sql !== undefined, {
    path: ["engine"],
    message: "runs the entry's sql on the platform, and there is no sql; add it, or leave engine out"
  })
  .refine(({keep, editions}) => editions !== true || keep !== undefined, {
    path: ["editions"],
    message: "needs keep beside it: how many contents it holds, such as keep: 12"
  });
