// How a part of the time stands in the address: "2012-01..2015-12", and "all" for no part.
import type {Zoom} from "./time-brush.js";

const month = (time: Date) => time.toISOString().slice(0, 7);

export const addressZoom = {
  format: (zoom: Zoom | null) => (zoom ? `${month(zoom.from)}..${month(zoom.to)}` : "all"),
  /** Undefined for what is no part. */
  parse(text: string): Zoom | null | undefined {
    if (text === "all") return null;
    const [from, to] = text.split("..").map((month) => new Date(`${month}-01`));
    return from && to && from < to ? {from, to} : undefined;
  }
};
