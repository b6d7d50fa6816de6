// As much of a canvas as Plot needs for the ramp of a legend and for rasters: pixels that are filled or put, read out as a PNG.
import {crc32, deflateSync} from "node:zlib";
import {plainColor} from "./color.js";

interface CanvasElement {
  width: number;
  height: number;
}

interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** Gives canvas elements, of which jsdom has the names alone, a context to draw in. */
export function giveContext(prototype: object): void {
  const contexts = new WeakMap<object, Context>();
  Object.assign(prototype, {
    getContext(this: CanvasElement, kind: string) {
      if (kind !== "2d") return null;
      if (!contexts.has(this)) contexts.set(this, new Context(this));
      return contexts.get(this);
    },
    toDataURL(this: CanvasElement) {
      const context = contexts.get(this) ?? new Context(this);
      return `data:image/png;base64,${encode(context.getImageData()).toString("base64")}`;
    }
  });
}

class Context {
  fillStyle = "#000000";
  readonly #pixels: Pixels;

  constructor(readonly canvas: CanvasElement) {
    this.#pixels = this.createImageData(canvas.width, canvas.height);
  }

  createImageData(width: number, height: number): Pixels {
    return {width, height, data: new Uint8ClampedArray(width * height * 4)};
  }

  getImageData(): Pixels {
    return this.#pixels;
  }

  putImageData({width, height, data}: Pixels, x: number, y: number): void {
    for (let row = 0; row < height; ++row)
      for (let column = 0; column < width; ++column) {
        const from = (row * width + column) * 4;
        this.#set(x + column, y + row, data.subarray(from, from + 4));
      }
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (plainColor(this.fillStyle, "rgb(0,0,0)") ?? "")
      .replace(/^rgba?\(|\)$/g, "")
      .split(",")
      .filter(Boolean)
      .map(Number);
    const color = Uint8ClampedArray.of(red, green, blue, alpha * 255);
    for (let row = Math.round(y); row < Math.round(y + height); ++row)
      for (let column = Math.round(x); column < Math.round(x + width); ++column)
        this.#set(column, row, color);
  }

  #set(x: number, y: number, color: Uint8ClampedArray): void {
    const {width, height, data} = this.#pixels;
    if (x >= 0 && y >= 0 && x < width && y < height) data.set(color, (y * width + x) * 4);
  }
}

/** A PNG of 8-bit RGBA. */
function encode({width, height, data}: Pixels): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8); // bits, and color with alpha
  const rows = Buffer.alloc(height * (width * 4 + 1)); // each begins with its filter, which is none
  for (let row = 0; row < height; ++row)
    rows.set(data.subarray(row * width * 4, (row + 1) * width * 4), row * (width * 4 + 1) + 1);
  const chunks = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), ...chunks]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
