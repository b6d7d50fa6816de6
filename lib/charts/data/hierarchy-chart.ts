// A hierarchy from the total to single series: a bar for each, under what it is a part of.
import * as Plot from "@observablehq/plot";
import type {Data} from "../../metrics/column.js";
import {findColumn, namesOf, needColumn} from "../find-columns.js";
import {levelFormat, locale, numberFormat, percentFormat, type Format} from "../format.js";
import {capitalize, drawable, emptyFrame, frame, room, type FrameOptions} from "../frame.js";
import type {KeyItem} from "../key.js";
import {isolated} from "../labels.js";
import {moreNote} from "../more-note.js";
import {haveTwoLines, heightOfRows, nameLines, widestOf, type NameLines} from "../name-axis.js";
import {faded, palette} from "../palette.js";
import {rowTip} from "../row-tip.js";
import {nameOf, type Value} from "../values.js";
import {linesOf, treeOf, type Branch} from "./tree.js";

/** Options of `hierarchyChart`: the names of the data's columns, and of the figure. */
export interface HierarchyChartOptions extends FrameOptions {
  series?: Value | undefined;
  /** The column of the series that contains it; empty for a series without a parent. */
  parent?: Value | undefined;
  /** What is summed up: the actual values or the forecasts if left out. */
  value?: Value | undefined;
  /** The name of the sum of all series without a parent. */
  total?: string;
  unit?: string | undefined;
  format?: Format<number> | undefined;
  /** How many bars are drawn at most: the largest, and what contains them. */
  limit?: number;
}

/** How far each depth is moved in: where names have little room, only as far as is seen. */
const indentOf = (width: number) => (width < 400 ? 8 : 14);

/**
 * A chart of series that are parts of others: a bar for each, from the total down, the largest part first. A series without a row, or
 * without a value, is the sum of its parts. The data has a row for each series, of one time.
 */
export function hierarchyChart(
  data: Data,
  {
    series,
    parent,
    value,
    total = "Total",
    unit,
    format,
    limit = 40,
    width = 640,
    height,
    marks = [],
    ...options
  }: HierarchyChartOptions = {}
): HTMLElement {
  width = drawable(width);
  const name = "From the total to each series";
  const empty = (text?: string) => emptyFrame({name, width, height: height ?? 160, ...options}, text);
  if (!namesOf(data).length) return empty();
  const by = series ?? needColumn(data, "series");
  const of = value ?? findColumn(data, "actual") ?? needColumn(data, "forecast");
  const tree = treeOf(data, {series: by, parent: parent ?? findColumn(data, "parent"), value: of, total});
  const {shown, more} = linesOf(tree, limit);
  if (shown.every((branch) => isNaN(branch.value))) return empty(`No finite values of ${nameOf(of)}`);
  format ??= numberFormat(shown.map((branch) => branch.value));
  const columns = [
    capitalize(nameOf(by)),
    capitalize(nameOf(of)) + (unit ? ` (${unit})` : ""),
    "Share of its whole"
  ];
  const rows = shown.map((branch, row) => rowOf(branch, row, format));
  const indent = indentOf(width);
  const labels = labelsOf(shown, width, {indent, hasTwo: haveTwoLines(shown.length, height)});
  const marginLeft = widestOf(shown.map(({depth}, i) => ({size: indent * depth + labels[i]!.size}))) + 14;
  const rowHeight = heightOfRows(labels, 22);
  const isNegative = shown.some((branch) => branch.value < 0);
  const textRoom = room(rows.map(({text}) => text)) + 10;
  return frame({
    name,
    ariaDescription: describe(tree, format),
    contents: () => ({columns, rows: rows.map(({cells, row}) => ({cells, y: row}))}),
    marginTop: 24,
    marginBottom: more ? 28 : 4,
    marginLeft,
    marginRight: textRoom,
    key: keyOf(shown),
    ...options,
    width,
    height: height ?? 28 + rowHeight * rows.length + (more ? 24 : 0),
    x: {
      axis: "top",
      ticks: 0,
      label: columns[1]!,
      labelAnchor: "left",
      labelArrow: "none",
      insetLeft: isNegative ? textRoom : 0,
      ...(shown.every((branch) => !branch.value) && {domain: [0, 1]}),
      ...options.x
    },
    y: {type: "band", axis: null, domain: [...rows.keys()], padding: 0.25, ...options.y},
    marks: [
      ...[...new Set(shown.map(({depth}) => depth))].map((depth) =>
        Plot.text(
          rows.filter((row) => row.depth === depth),
          {
            y: "row",
            text: ({row}: Row) => labels[row]!.text,
            title: ({row, name}: Row) => (labels[row]!.isWhole ? undefined : name),
            frameAnchor: "left",
            textAnchor: "start",
            dx: indent * depth - marginLeft,
            fontWeight: depth ? undefined : 600
          }
        )
      ),
      Plot.barX(
        rows.filter((row) => row.value),
        {x: "value", y: "row", fill: {value: "color", scale: null}, sort: {y: null}}
      ),
      Plot.ruleX([0]),
      ...[false, true].map((negative) =>
        Plot.text(
          rows.filter((row) => row.value < 0 === negative),
          {
            x: ({value}: Row) => value || 0,
            y: "row",
            text: "text",
            textAnchor: negative ? "end" : "start",
            dx: negative ? -6 : 6
          }
        )
      ),
      more ? moreNote(more) : null,
      rowTip(rows, columns, {x: ({value}) => value || 0, y: "row"}),
      ...marks
    ]
  });
}

type Row = ReturnType<typeof rowOf>;

function rowOf({name, value, share, parts, depth}: Branch, row: number, format: Format<number>) {
  const text = isNaN(value) ? (parts.length ? "a part has no value" : "no value") : format(value);
  const part = isNaN(share) ? "" : percentFormat([share])(share);
  return {
    row,
    name,
    value,
    depth,
    text,
    color: parts.length ? faded : palette[0]!,
    cells: [name, text, part]
  };
}

/** The labels of a chart this wide, with what they are moved in by: those of one depth are told apart. */
function labelsOf(
  branches: Branch[],
  width: number,
  {indent, hasTwo}: {indent: number; hasTwo: boolean}
): NameLines[] {
  const labels = new Map(
    Array.from(new Set(branches.map(({depth}) => depth)), (depth) => {
      const names = branches.filter((branch) => branch.depth === depth).map(({name}) => name);
      return [depth, nameLines(names, width, {indent: indent * depth, hasTwo})];
    })
  );
  return branches.map(({name, depth}) => labels.get(depth)!.get(name)!);
}

/** What the colors of the bars mean, if there are bars of both kinds, or of sums alone. */
function keyOf(branches: Branch[]): KeyItem[] {
  const drawn = branches.filter(({value}) => value);
  const kind = "square";
  return drawn.some(({parts}) => parts.length)
    ? [
        {label: "made of others", color: faded, kind},
        ...(drawn.some(({parts}) => !parts.length)
          ? [{label: "single series", color: palette[0]!, kind} as const]
          : [])
      ]
    : [];
}

/** The total, and its largest parts. */
function describe({name, value, parts}: Branch, format: Format<number>): string {
  const said = parts.slice(0, 6).map((part) => {
    const share = isNaN(part.share) ? "" : `, ${levelFormat(Math.round(part.share * 1000) / 1000)}`;
    return `${isolated(part.name)} ${isNaN(part.value) ? "without a value" : format(part.value)}${share}`;
  });
  const rest = parts.length - said.length;
  const whole = `${isolated(name)}: ${isNaN(value) ? "not known, as a part has no value" : format(value)}.`;
  return said.length
    ? `${whole} Its parts: ${said.join("; ")}${rest ? `; and ${rest.toLocaleString(locale)} more` : ""}.`
    : whole;
}
