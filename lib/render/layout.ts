// What stands around a chart in HTML, its headings, keys and captions, set in lines and placed as a browser would.
import type {Styles} from "./cascade.js";
import {toPixels} from "./cascade.js";
import {drawSvg, round, sizeOf, type Drawing} from "./draw.js";
import {nearestWeight, textWidth} from "./fonts.js";
import {escapeText} from "./xml.js";

/** A piece of a line. */
type Piece =
  | {kind: "word"; text: string; of: Element; width: number; height: number}
  | {kind: "svg"; of: Element; width: number; height: number}
  | {kind: "row"; pieces: Piece[]; gap: number; width: number; height: number}
  | {kind: "blank"; width: number; height: number};

const skipped = new Set([
  ...["script", "style", "template", "form", "input", "button", "select", "textarea", "canvas", "table"],
  ...["img", "video", "audio", "iframe", "observablehq-loading"]
]);

export class Layout {
  readonly parts: string[] = [];

  constructor(private readonly drawing: Drawing) {}

  get #styles(): Styles {
    return this.drawing.styles;
  }

  /** Places elements below each other, and gives the height that they take. */
  stack(nodes: readonly Node[], x: number, y: number, width: number): number {
    let bottom = y;
    let margin = 0; // of what is above, and still to be kept
    let isFirst = true;
    let line: Node[] = [];
    const endLine = () => {
      const pieces = this.#pieces(line);
      line = [];
      if (!pieces.some(({kind}) => kind !== "blank")) return;
      bottom += isFirst ? 0 : margin;
      bottom += this.#lines(pieces, x, bottom, width, 0, parentOf(nodes));
      margin = 0;
      isFirst = false;
    };
    for (const node of nodes) {
      if (node.nodeType !== 1 || !this.#isBlock(node as Element)) {
        line.push(node);
        continue;
      }
      endLine();
      const element = node as Element;
      if (this.#isHidden(element)) continue;
      const above = isFirst ? 0 : Math.max(margin, this.#styles.pixels(element, "margin-top"));
      const left = Math.max(0, this.#styles.pixels(element, "margin-left"));
      const height = this.#block(element, x + left, bottom + above, width - left);
      if (height === 0) continue;
      bottom += above + height;
      margin = this.#styles.pixels(element, "margin-bottom");
      isFirst = false;
    }
    endLine();
    return bottom - y;
  }

  /** Places one element with what is in it. */
  #block(element: Element, x: number, y: number, width: number): number {
    if (element.localName === "svg") {
      const size = this.#fitted(element, width);
      this.parts.push(drawSvg(element, {x, y, ...size}, this.drawing));
      return size.height;
    }
    const padding = (side: string) => this.#styles.pixels(element, `padding-${side}`);
    const [left, top] = [x + padding("left"), y + padding("top")];
    const inner = width - padding("left") - padding("right");
    const around = padding("top") + padding("bottom");
    const display = this.#styles.get(element, "display");
    const nodes = Array.from(element.childNodes);
    if (display === "grid") return around + this.#grid(element, left, top, inner);
    if (/flex$/.test(display)) {
      const gap = gapsOf(this.#styles.get(element, "gap"), this.#styles.fontSize(element));
      return (
        around + this.#lines(this.#items(nodes, gap.column), left, top, inner, gap.row, element, gap.column)
      );
    }
    return around + this.stack(nodes, left, top, inner);
  }

  #grid(element: Element, x: number, y: number, width: number): number {
    const {column, row} = gapsOf(this.#styles.get(element, "gap"), this.#styles.fontSize(element));
    const columns = columnsOf(this.#styles.get(element, "grid-template-columns"), width, column);
    const children = Array.from(element.children).filter((child) => !this.#isHidden(child));
    let bottom = y;
    for (let i = 0; i < children.length; i += columns.length) {
      let left = x;
      const heights = children.slice(i, i + columns.length).map((child, j) => {
        const height = this.#block(child, left, bottom, columns[j]!);
        left += columns[j]! + column;
        return height;
      });
      bottom += Math.max(...heights) + row;
    }
    return Math.max(0, bottom - row - y);
  }

  /** The items of a flex container, one piece each. */
  #items(nodes: readonly Node[], gap: number): Piece[] {
    return nodes
      .flatMap((node): Piece[] => {
        const pieces = this.#pieces([node]);
        while (isSpace(pieces[0])) pieces.shift();
        while (isSpace(pieces.at(-1))) pieces.pop();
        return pieces.length > 1 ? [row(pieces, 0)] : pieces;
      })
      .filter(({width}) => width > 0 || gap > 0);
  }

  /** What stands in lines, in pieces between which a line may break. */
  #pieces(nodes: readonly Node[]): Piece[] {
    return nodes.flatMap((node): Piece[] => {
      if (node.nodeType === 3)
        return node.parentElement ? this.#words(node.nodeValue!, node.parentElement) : [];
      if (node.nodeType !== 1) return [];
      const element = node as Element;
      if (this.#isHidden(element)) return [];
      if (element.localName === "svg") {
        const [width, height] = sizeOf(element, this.#styles);
        return [this.#withMargins(element, {kind: "svg", of: element, width, height})];
      }
      const children = Array.from(element.childNodes);
      if (!/flex$/.test(this.#styles.get(element, "display"))) return this.#pieces(children);
      const {column} = gapsOf(this.#styles.get(element, "gap"), this.#styles.fontSize(element));
      return [this.#withMargins(element, row(this.#items(children, column), column))];
    });
  }

  #withMargins(element: Element, piece: Piece): Piece {
    const [left, right] = ["margin-left", "margin-right"].map((side) => this.#styles.pixels(element, side));
    const blank = (width: number): Piece[] => (width > 0 ? [{kind: "blank", width, height: 0}] : []);
    return left || right ? row([...blank(left!), piece, ...blank(right!)], 0) : piece;
  }

  #words(text: string, of: Element): Piece[] {
    const size = this.#styles.fontSize(of);
    const weight = nearestWeight(this.#styles.get(of, "font-weight"));
    const height = this.#lineHeight(of);
    return text
      .split(/([ \t\n\r]+)/)
      .filter((word) => word !== "")
      .map((word) =>
        /^[ \t\n\r]/.test(word)
          ? {kind: "blank", width: textWidth(" ", size, weight), height}
          : {kind: "word", text: word, of, width: textWidth(word, size, weight), height}
      );
  }

  /** Sets pieces in lines; blanks at a line's ends take no room. */
  #lines(
    pieces: readonly Piece[],
    x: number,
    y: number,
    width: number,
    rowGap: number,
    of: Element | undefined,
    gap = 0
  ): number {
    const lines: Piece[][] = [[]];
    let used = 0;
    for (const piece of pieces) {
      const line = lines.at(-1)!;
      const isBlank = piece.kind === "blank";
      if (!isBlank && line.length > 0 && used + piece.width > width + 0.5) {
        lines.push([piece]);
        used = piece.width + gap;
      } else if (!isBlank || line.length > 0) {
        line.push(piece);
        used += piece.width + gap;
      }
    }
    let top = y;
    for (const line of lines.filter((line) => line.length > 0)) {
      const strut = of && line.some(({kind}) => kind === "word" || kind === "row") ? this.#lineHeight(of) : 0;
      const height = Math.max(strut, ...line.map((piece) => piece.height));
      this.#place(line, x, top + height / 2, gap);
      top += height + rowGap;
    }
    return Math.max(0, top - rowGap - y);
  }

  #place(pieces: readonly Piece[], x: number, middle: number, gap: number): void {
    for (let i = 0; i < pieces.length; ++i) {
      const piece = pieces[i]!;
      if (piece.kind === "row") this.#place(piece.pieces, x, middle, piece.gap);
      if (piece.kind === "svg") {
        const {width, height} = piece;
        this.parts.push(drawSvg(piece.of, {x, y: middle - height / 2, width, height}, this.drawing));
      }
      if (piece.kind === "word") {
        // Words of one style side by side are one text.
        let text = piece.text;
        let width = piece.width;
        for (let next = pieces[i + 1]; next && gap === 0; next = pieces[i + 1]) {
          const after = pieces[i + 2];
          const isBlank = next.kind === "blank" && after?.kind === "word" && after.of === piece.of;
          if (!isBlank) break;
          text += ` ${after.text}`;
          width += next.width + after.width;
          i += 2;
        }
        this.#text(text, piece.of, x, middle);
        x += width + gap;
      } else x += piece.width + gap;
    }
  }

  #text(text: string, of: Element, x: number, middle: number): void {
    const size = this.#styles.fontSize(of);
    const weight = nearestWeight(this.#styles.get(of, "font-weight"));
    this.drawing.weights.add(weight);
    this.drawing.text.push(text);
    const color = this.#styles.get(of, "color");
    // Inter's capitals are 0.727 em high.
    const baseline = middle + size * 0.3635;
    this.parts.push(
      `<text x="${round(x)}" y="${round(baseline)}" font-size="${round(size)}" font-weight="${weight}" fill="${color}">${escapeText(text)}</text>`
    );
  }

  #lineHeight(element: Element): number {
    const size = this.#styles.fontSize(element);
    const value = this.#styles.get(element, "line-height");
    return /^[\d.]+$/.test(value) ? Number(value) * size : (toPixels(value, size) ?? size * 1.4);
  }

  #fitted(element: Element, most: number): {width: number; height: number} {
    const [width, height] = sizeOf(element, this.#styles);
    const scale = Math.min(1, most / width);
    return {width: width * scale, height: height * scale};
  }

  #isBlock(element: Element): boolean {
    const display = this.#styles.get(element, "display");
    return (
      !/^(?:inline|none|contents)/.test(display) ||
      (element.localName === "svg" && isLarge(element, this.#styles))
    );
  }

  #isHidden(element: Element): boolean {
    const styles = this.#styles;
    if (skipped.has(element.localName) || styles.get(element, "display") === "none") return true;
    // What only screen readers are to find, or a tip that follows the pointer.
    return (
      styles.get(element, "position") === "absolute" &&
      !element.querySelector("svg") &&
      element.localName !== "svg"
    );
  }
}

/** Whether an SVG element is a picture, rather than a sign in a line of text. */
export function isLarge(element: Element, styles: Styles): boolean {
  const [width, height] = sizeOf(element, styles);
  return width >= 64 && height >= 24;
}

/** Whether it is the white space between words. */
const isSpace = (piece: Piece | undefined) => piece?.kind === "blank" && piece.height > 0;

function row(pieces: Piece[], gap: number): Piece {
  const width = pieces.reduce((sum, piece) => sum + piece.width, gap * Math.max(0, pieces.length - 1));
  return {kind: "row", pieces, gap, width, height: Math.max(0, ...pieces.map(({height}) => height))};
}

function gapsOf(gap: string, em: number): {row: number; column: number} {
  const [row = 0, column = row] = gap.split(/\s+/).map((length) => toPixels(length, em) ?? 0);
  return {row, column};
}

/** The widths of a grid's columns: of `repeat()`, lengths and shares. */
function columnsOf(template: string, width: number, gap: number): number[] {
  const tracks = template
    .replace(/repeat\(\s*(\d+)\s*,\s*((?:[^()]|\([^()]*\))+)\)/g, (_, count: string, track: string) =>
      Array<string>(Number(count)).fill(track.trim().replaceAll(" ", "")).join(" ")
    )
    .split(/\s+/)
    .filter((track) => track !== "" && track !== "none");
  if (tracks.length === 0) return [width];
  const fixed = tracks.map((track) => toPixels(track, 16));
  const rest = width - gap * (tracks.length - 1) - fixed.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  const open = fixed.filter((size) => size === undefined).length;
  return fixed.map((size) => size ?? Math.max(0, rest / open));
}

const parentOf = (nodes: readonly Node[]): Element | undefined => nodes[0]?.parentElement ?? undefined;
