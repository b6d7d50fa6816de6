// Facets over hundreds of columns take memory by the columns, not by their square.
import {execFile} from "node:child_process";
import {promisify} from "node:util";
import {expect, it} from "vitest";
import {program} from "../../program.js";

const script = program(new URL("./wide-child.ts", import.meta.url));

/** What a facet makes of so many columns, or values that become columns. */
async function made(type: string, count: number) {
  const {stdout} = await promisify(execFile)(process.execPath, [script(), type, `${count}`]);
  return JSON.parse(stdout) as {megabytes: number};
}

/** By the square of the columns, DESCRIBE takes 460 MB more for 600 than for 150, and PIVOT_TABLE 7,300. */
const megabytesMore = 200;

it.each([
  ["DESCRIBE", {columns: 14, rows: 600, first: ["c0", "4", "0"], last: ["", ""]}],
  ["PIVOT_TABLE", {columns: 601, rows: 4, first: ["a", "0.0", "0.5"], last: ["299.0", "299.5"]}],
  ["CROSS_TAB", {columns: 601, rows: 4, first: ["a", "1", "1"], last: ["1", "1"]}],
  ["TRANSPOSE", {columns: 601, rows: 3, first: ["x", "0", "1"], last: ["598", "599"]}]
])("%s of 600", {timeout: 120_000}, async (type, expected) => {
  const [few, many] = [await made(type, 150), await made(type, 600)];
  expect(many).toMatchObject(expected);
  expect(many.megabytes - few.megabytes).toBeLessThan(megabytesMore);
});
