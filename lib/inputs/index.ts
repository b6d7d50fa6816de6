/**
 * An input that Observable Inputs doesn't have: choosing one of many series. Works with Framework's `view`.
 *
 * Stability: experimental.
 *
 * @module
 */
export {
  seriesPicker,
  type SeriesPicker,
  type SeriesFacet,
  type SeriesPickerOptions,
  type SeriesNames
} from "./series-picker.js";
