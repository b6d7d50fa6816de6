// Choosing one series of up to some hundred thousand by typing parts of its name, and by what describes it.
import {h, setText, useStyle} from "../dom/index.js";
import {combobox} from "./combobox.js";
import {facetField, type SeriesFacet} from "./facet.js";
import {Narrowing} from "./narrowing.js";
import {seriesOf, type SeriesNames} from "./series-of.js";
import {css} from "./style.js";

export type {SeriesFacet} from "./facet.js";
export type {SeriesNames} from "./series-of.js";

/** Options of `seriesPicker`. */
export interface SeriesPickerOptions {
  /** What is chosen; "Series" if left out. */
  label?: string;
  /** The column of a table or of rows that has the names; needed where there are several. */
  column?: string;
  /** The name that is chosen at first; the first one if left out. */
  value?: string;
  /** Gives more text for the end of an option, such as the series' error. Called only for visible options. */
  detail?: (name: string) => string | undefined;
  /** Whether buttons go to the series before and after. True if left out. */
  steps?: boolean;
  /**
   * Columns that describe the series, such as `["region", "category"]`, or with labels, `{region: "Region"}`. In each a value can be
   * chosen, and series with other values are no longer offered. A column in which all series are alike is left out.
   */
  facets?: readonly string[] | Readonly<Record<string, string>>;
}

/** The picker's element. It sends an `input` event when another series is chosen. */
export interface SeriesPicker extends HTMLElement {
  /**
   * The chosen name; null if there are no names. Setting a name that isn't offered throws a RangeError. Setting one that the facets exclude
   * clears those facets.
   */
  value: string | null;
  /** Its facets, in order: inputs of their own, for `inAddress` or `Generators.input`. */
  readonly facets: readonly SeriesFacet[];
}

const count = new Intl.NumberFormat("en-US");

/**
 * An input that offers the names of many series and searches them while the viewer types: by parts of words, in any
 * order, ignoring case and accents, the best match first. Equal matches keep the given order, so give the most
 * important names first. `const sku = view(seriesPicker(names))`.
 * @param series a list of names, or an Arrow table or rows with a column of them. Repeated and missing ones are left out.
 * @throws TypeError where these aren't names, Error where a column is missing, RangeError where `value` isn't among them
 */
export function seriesPicker(
  series: SeriesNames,
  {label = "Series", column, value, detail, steps = true, facets = []}: SeriesPickerOptions = {}
): SeriesPicker {
  useStyle(css);
  const labels = new Map(
    Array.isArray(facets) ? facets.map((name: string) => [name, name]) : Object.entries(facets)
  );
  const {names, described} = seriesOf(series, column, [...labels.keys()]);
  const columns = described.filter(
    ({values, codes}) => codes.some((code) => code !== codes[0]) && values.length > 0
  );
  const places = new Map(names.map((name, place) => [name, place]));
  const narrowing = new Narrowing(columns, names.length);

  const field = combobox(names, {
    label,
    detail: (place) => detail?.(names[place]!),
    onChoice: () => tell()
  });
  const step = (by: -1 | 1, name: string, sign: string) => {
    const button = h("button", {type: "button", "aria-label": name, title: name}, sign);
    button.addEventListener("click", () => field.choose(field.beside(by)!));
    return button;
  };
  const previous = step(-1, `Previous: ${label}`, "‹");
  const next = step(1, `Next: ${label}`, "›");
  const fields = columns.map(({column, values}, i) =>
    facetField({column, label: labels.get(column)!, values, onChoice: (value) => narrow(i, value)})
  );
  const left = h("p", {class: "ikigai-left", role: "status"});
  const element = h(
    "div",
    {class: "ikigai-picker"},
    fields.length > 0 && h("div", {class: "ikigai-facets"}, ...fields.map(({element}) => element)),
    h("label", {for: field.input.id}, label),
    h("div", {class: "ikigai-box"}, field.input, steps && previous, steps && next, field.popup),
    fields.length > 0 && left
  );

  function tell(): void {
    showSteps();
    element.dispatchEvent(new Event("input", {bubbles: true}));
  }

  function showSteps(): void {
    previous.disabled = field.beside(-1) === undefined;
    next.disabled = field.beside(1) === undefined;
  }

  function narrow(facet: number, value: number): void {
    narrowing.choose(facet, value);
    const places = showNarrowing();
    // The first of those that are left, unless the chosen one is among them.
    if (places && !places.includes(field.chosen)) field.choose(places[0]!);
  }

  /** Offers what is left, and gives its places; undefined where that is all. */
  function showNarrowing(): Uint32Array | undefined {
    const places = narrowing.left();
    const counts = narrowing.counts();
    field.narrow(places);
    fields.forEach(({show}, i) => show(narrowing.chosenIn(i), counts[i]!));
    const all = count.format(names.length);
    setText(left, places ? `${count.format(places.length)} of ${all}` : `All ${all}`);
    showSteps();
    return places;
  }

  function select(name: string): void {
    const place = places.get(name);
    if (place === undefined)
      throw new RangeError(`seriesPicker: "${name}" isn't among the ${count.format(names.length)} names`);
    field.set(place);
    narrowing.include(place);
    showNarrowing();
  }
  if (value === undefined) showNarrowing();
  else select(value);
  return Object.defineProperties(element, {
    facets: {value: fields.map(({element}) => element)},
    value: {get: () => names[field.chosen] ?? null, set: select}
  }) as unknown as SeriesPicker;
}
