// The gallery draws every chart that ikigai-kit/charts exports.
import {expect, it} from "vitest";
import * as charts from "../../lib/charts/index.js";
import {pages} from "./pages.js";

/** What gives colors and labels, and draws nothing. */
const notCharts = ["assignColors", "colorScale", "distinctLabels", "palette", "textWidth"];
const gallery = [...pages].filter(([path]) => path.startsWith("docs/gallery/")).map(([, text]) => text);
const live = gallery.flatMap((text) =>
  Array.from(text.matchAll(/^```js echo\n([^]*?)^```$/gm), ([, code]) => code!)
);

it.each(Object.keys(charts).filter((name) => !notCharts.includes(name)))("draws %s", (name) => {
  expect(live.some((code) => code.includes("display(") && code.includes(`charts.${name}(`))).toBe(true);
});
