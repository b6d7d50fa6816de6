// A column of values of which one is chosen, to narrow down the series: a field that finds it among many, each with how many it leaves.
import {h} from "../dom/index.js";
import {combobox} from "./combobox.js";
import type {Counts} from "./narrowing.js";

/** What narrows down the series of a picker: the choice of a value in one of the columns that describe them. An input of its own. */
export interface SeriesFacet extends HTMLElement {
  /** The column. */
  readonly column: string;
  /** The value that the series must have; an empty text where any will do. Setting one that no series has throws a RangeError. */
  value: string;
  /** What it can be: an empty text, and the column's values. */
  readonly choices: readonly string[];
}

interface FacetOptions {
  column: string;
  label: string;
  values: readonly string[];
  /** Called with the place of the value that is chosen, or −1 for any. */
  onChoice: (value: number) => void;
}

export interface FacetField {
  element: SeriesFacet;
  /** Shows a choice, and how many series each value leaves. Those that leave none aren't offered. */
  show: (chosen: number, counts: Counts) => void;
}

const format = new Intl.NumberFormat("en-US");

export function facetField({column, label, values, onChoice}: FacetOptions): FacetField {
  let counts: Counts = {byValue: new Uint32Array(values.length), any: 0};
  const choices = ["", ...values];
  const places = new Map(choices.map((value, place) => [value, place]));
  const field = combobox(["All", ...values], {
    label,
    detail: (place) => format.format(place === 0 ? counts.any : counts.byValue[place - 1]!),
    onChoice: (place) => tell(place)
  });
  const box = h("div", {class: "ikigai-box"}, field.input, field.popup);
  const element = h("div", {class: "ikigai-facet"}, h("label", {for: field.input.id}, label), box);

  function tell(place: number): void {
    onChoice(place - 1);
    element.dispatchEvent(new Event("input")); // not to the picker around it, whose value may be as before
  }

  function set(value: string): void {
    const place = places.get(value);
    if (place === undefined)
      throw new RangeError(`seriesPicker: no series has "${value}" as its "${column}"`);
    onChoice(place - 1);
  }

  function show(chosen: number, counted: Counts): void {
    counts = counted;
    field.narrow(
      Uint32Array.from(choices.keys()).filter((place) => place === 0 || counts.byValue[place - 1]! > 0)
    );
    field.set(chosen + 1);
    element.classList.toggle("ikigai-narrows", chosen >= 0);
  }

  Object.defineProperties(element, {
    column: {value: column},
    choices: {value: choices},
    value: {get: () => choices[field.chosen], set}
  });
  return {element: element as unknown as SeriesFacet, show};
}
