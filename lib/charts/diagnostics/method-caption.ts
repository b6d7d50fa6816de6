// The caption that says how intervals were computed, if not in the usual way.
import {locale} from "../format.js";
import {mostResampled} from "../../metrics/resample.js";
import type {Comparison} from "../../metrics/index.js";

/** The caption of a chart some of whose intervals are by the normal distribution. */
export const methodCaption = (rows: readonly Partial<Pick<Comparison, "method">>[]): {caption?: string} =>
  rows.some(({method}) => method === "normal")
    ? {
        caption: `Intervals over more than ${mostResampled.toLocaleString(locale)} times are by the normal distribution.`
      }
    : {};
