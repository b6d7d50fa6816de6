// What isn't written as it is, column by column, in a sentence each.
import {leavesOf} from "./shape.js";
import type {PlainValue} from "./plain-value.js";
import type {PlannedColumn} from "./plan.js";
import type {Format} from "./formats.js";

const tooLong = "is written as text: its numbers have more digits than one of JavaScript keeps";
const noWord = "has null for NaN and infinities, which JSON has no word for";

/** What happens to a value in some formats that users of the file should know. */
const effects: {in: Format[]; if: (value: PlainValue, isNested: boolean) => boolean; what: string}[] = [
  {
    in: ["arrow", "json"],
    if: (value) =>
      value.is === "decimal" || (value.is === "whole" && ["DECIMAL(38,0)", "VARCHAR"].includes(value.fits)),
    what: tooLong
  },
  {
    in: ["json"],
    if: (value) => value.is === "whole" && value.fits === "BIGINT",
    what: tooLong
  },
  {
    in: ["parquet"],
    if: (value) => value.is === "whole" && value.fits === "VARCHAR",
    what: "is written as text: its numbers have more than 38 digits"
  },
  {
    in: ["parquet", "arrow", "csv", "json"],
    if: (value) => (value.is === "date" || value.is === "time") && value.range === "any",
    what: "is written as text: it has times that JavaScript has no Date for, such as infinity"
  },
  {
    in: ["csv", "json"],
    if: (value) => value.is === "time" && value.range !== "any" && value.unit !== "ms",
    what: "is cut to milliseconds: its times have more digits, which a cast to VARCHAR in sql would keep"
  },
  {
    in: ["json"],
    if: (value) => value.is === "double" && !value.isFinite,
    what: noWord
  },
  {
    in: ["csv"],
    // Lists and structs are JSON there.
    if: (value, isNested) => isNested && value.is === "double" && !value.isFinite,
    what: noWord
  }
];

/** The warnings for a file of these columns. */
export const warningsFor = (columns: readonly PlannedColumn[], format: Format): string[] =>
  columns.flatMap(({name, shape}) => {
    const leaves = leavesOf(shape);
    return effects
      .filter(
        (effect) => effect.in.includes(format) && leaves.some((leaf) => effect.if(leaf, shape.is !== "leaf"))
      )
      .map(({what}) => `column "${name}" ${what}`);
  });
