// Lays out the boxes and arrows of a flow's graph with Graphviz, which gets only their sizes.
import type {FlowGraph} from "../../gateway-api/index.js";

/** Boxes in pixels, with x and y at the center and y downwards. */
export interface Layout {
  width: number;
  height: number;
  /** In the order of the graph's facets. */
  boxes: {x: number; y: number}[];
  /** Arrows between existing facets, in the graph's order. */
  arrows: {
    arrow: FlowGraph["arrows"][number];
    /** Of a cubic spline: a point, and then three for each piece. */
    points: [number, number][];
    /** Where the arrow's head ends. */
    tip: [number, number];
    /** The center of its label, if it has one. */
    label?: [number, number];
  }[];
}

export interface Size {
  width: number;
  height: number;
}

/** A function that lays graphs out; Graphviz is loaded for the first one. */
export async function graphviz() {
  const {instance} = await import("@viz-js/viz");
  const viz = await instance();

  /** @param direction in which the arrows go: to the right or down */
  return (
    {facets, arrows}: FlowGraph,
    sizes: Size[],
    {direction, label}: {direction: "LR" | "TB"; label: (text: string) => Size}
  ): Layout => {
    const index = new Map(facets.map(({facetId}, i) => [facetId, i]));
    const known = arrows.filter(({source, destination}) => index.has(source) && index.has(destination));
    // Graphviz would read some names as markup, so it gets numbers for boxes, and only sizes for labels.
    const laidOut = viz.renderString(
      {
        directed: true,
        graphAttributes: {rankdir: direction, nodesep: inches(20), ranksep: inches(19), splines: "spline"},
        nodeAttributes: {shape: "box", fixedsize: true, label: ""},
        edgeAttributes: {arrowsize: 0.7},
        nodes: sizes.map(({width, height}, i) => ({
          name: `b${i}`,
          attributes: {width: inches(width), height: inches(height)}
        })),
        edges: known.map(({source, destination, label: text}) => ({
          tail: `b${index.get(source)!}`,
          head: `b${index.get(destination)!}`,
          ...(text && {attributes: {label: {html: blank(label(text))}}})
        }))
      },
      {format: "json0", yInvert: true}
    );
    const {bb, objects = [], edges = []} = JSON.parse(laidOut) as Answer;
    const [left, bottom, right, top] = numbers(bb) as [number, number, number, number];
    return {
      width: right - left,
      height: Math.abs(top - bottom),
      boxes: objects.map(({pos}) => point(pos)),
      arrows: edges.map(({pos, lp}, i) => {
        const spline = pos.split(" ").map((part) => numbers(part.replace(/^[es],/, "")) as [number, number]);
        const [tip, ...points] = pos.startsWith("e,") ? spline : [spline.at(-1)!, ...spline];
        return {arrow: known[i]!, points, tip: tip!, ...(lp && {label: numbers(lp) as [number, number]})};
      })
    };
  };
}

/** The part of Graphviz's `json0` that is read; lengths are in points, and a pixel here is one point. */
interface Answer {
  bb: string;
  objects?: {pos: string}[];
  edges?: {pos: string; lp?: string}[];
}

const inches = (pixels: number) => pixels / 72;

const numbers = (text: string) => text.split(",").map(Number);

function point(pos: string) {
  const [x, y] = numbers(pos) as [number, number];
  return {x, y};
}

/** An empty label of that size. */
const blank = ({width, height}: Size) =>
  `<table border="0" cellborder="0" cellspacing="0" cellpadding="0" fixedsize="true" ` +
  `width="${Math.ceil(width)}" height="${Math.ceil(height)}"><tr><td></td></tr></table>`;
