// Choosing one series of up to some hundred thousand by typing parts of its name, with keys, a mouse or a thumb.
import {h, setText, uniqueId, useStyle} from "../dom/index.js";
import {words} from "./fold.js";
import {NameSearch} from "./name-search.js";
import {namesOf, type SeriesNames} from "./names-of.js";
import {optionContent} from "./option-content.js";
import {optionList} from "./option-list.js";
import {css} from "./style.js";

export type {SeriesNames} from "./names-of.js";

/** Options of `seriesPicker`. */
export interface SeriesPickerOptions {
  /** What is chosen; "Series" if left out. */
  label?: string;
  /** The column of a table or of rows that has the names; needed where there are several. */
  column?: string;
  /** The name that is chosen at first; the first one if left out. */
  value?: string;
  /** What else an option tells, at its end, such as the series' error. Called for options in sight only. */
  detail?: (name: string) => string | undefined;
  /** Whether buttons go to the series before and after. True if left out. */
  steps?: boolean;
}

/** The picker's element. It sends an `input` event when another series is chosen. */
export interface SeriesPicker extends HTMLElement {
  /** The name that is chosen; null where there is none to choose. Setting one that isn't offered throws a RangeError. */
  value: string | null;
}

/** Options that Page Up and Page Down go over. */
const page = 8;

const count = new Intl.NumberFormat("en-US");

/**
 * An input that offers the names of many series and finds them as one types: by parts of words, in any order, without regard to
 * case and accents, the best match first. Names keep their order otherwise, so give the worst first to find those first.
 * `const sku = view(seriesPicker(names))`.
 * @param series a list of names, or an Arrow table or rows with a column of them. Repeated and missing ones are left out.
 * @throws TypeError where these aren't names, Error where the column is missing, RangeError where `value` isn't among them
 */
export function seriesPicker(
  series: SeriesNames,
  {label = "Series", column, value, detail, steps = true}: SeriesPickerOptions = {}
): SeriesPicker {
  useStyle(css);
  const names = namesOf(series, column);
  const places = new Map(names.map((name, place) => [name, place]));
  const search = new NameSearch(names);
  /** The places in `names` of what the list shows, and of what is chosen. */
  let found: Uint32Array = Uint32Array.from(names.keys());
  let chosen = names.length ? 0 : -1;
  let active = -1;
  let wanted: string[] = [];
  let searching = new AbortController();
  let searched: Promise<void> = Promise.resolve();
  /** The search after which the best name is chosen, when Enter comes before its end. */
  let entered: Promise<void> | undefined;

  const id = uniqueId();
  const list = optionList(
    label,
    (place) => {
      const at = found[place]!;
      return {content: optionContent(names[at]!, wanted, detail?.(names[at]!)), isChosen: at === chosen};
    },
    (place) => choose(found[place]!)
  );
  const status = h("p", {class: "ikigai-count", role: "status"});
  const popup = h("div", {class: "ikigai-popup", hidden: true}, list.element, status);
  const input = h("input", {
    id,
    type: "text",
    role: "combobox",
    "aria-expanded": "false",
    "aria-controls": list.element.id,
    "aria-autocomplete": "list",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    dir: "auto",
    enterkeyhint: "done"
  });
  const step = (by: number, name: string, sign: string) => {
    const button = h("button", {type: "button", "aria-label": name, title: name}, sign);
    button.addEventListener("click", () => choose(chosen + by));
    return button;
  };
  const previous = step(-1, `Previous: ${label}`, "‹");
  const next = step(1, `Next: ${label}`, "›");
  const box = h("div", {class: "ikigai-box"}, input, steps && previous, steps && next, popup);
  const element = h("div", {class: "ikigai-picker"}, h("label", {for: id}, label), box);

  function showChosen(): void {
    input.value = names[chosen] ?? "";
    input.title = input.value;
    input.placeholder = names.length ? "" : "No series";
    input.disabled = names.length === 0;
    previous.disabled = chosen <= 0;
    next.disabled = chosen < 0 || chosen >= names.length - 1;
    if (document.activeElement === input) input.select(); // what is typed next takes its place
  }

  function choose(place: number): void {
    if (place < 0 || place >= names.length) return;
    const isAnother = place !== chosen;
    chosen = place;
    close();
    if (isAnother) element.dispatchEvent(new Event("input", {bubbles: true}));
  }

  async function enter(): Promise<void> {
    const mine = (entered = searched);
    await mine;
    if (entered !== mine) return; // something else is typed by now
    entered = undefined;
    if (!popup.hidden) choose(found[active] ?? -1);
    if (document.activeElement !== input) close();
  }

  function close(): void {
    entered = undefined;
    searching.abort();
    popup.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    showChosen();
  }

  function activate(place: number): void {
    if (!list.size) return;
    active = Math.max(0, Math.min(list.size - 1, place));
    input.setAttribute("aria-activedescendant", list.activate(active));
  }

  function show(places: Uint32Array, query: string): void {
    found = places;
    wanted = words(query);
    list.show(found.length);
    active = -1;
    input.removeAttribute("aria-activedescendant");
    setText(status, describe(query));
  }

  function describe(query: string): string {
    if (!found.length) return `No name has “${query.trim()}” in it`;
    const all = wanted.length
      ? `${count.format(found.length)} of ${count.format(names.length)}`
      : count.format(names.length);
    return list.size < found.length ? `${all}: type more to see the others` : all;
  }

  function open(): void {
    if (!popup.hidden || input.disabled) return;
    popup.hidden = false;
    input.setAttribute("aria-expanded", "true");
    show(Uint32Array.from(names.keys()), "");
    activate(chosen);
  }

  async function find(query: string): Promise<void> {
    searching.abort();
    const {signal} = (searching = new AbortController());
    try {
      const places = await search.find(query, signal);
      if (signal.aborted) return;
      show(places, query);
      if (query.trim()) activate(0);
      else activate(chosen);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  const keys: Record<string, () => void> = {
    ArrowDown: () => (popup.hidden ? open() : activate(active + 1)),
    ArrowUp: () => (popup.hidden ? open() : activate(active - 1)),
    PageDown: () => activate(active + page),
    PageUp: () => activate(active - page),
    Enter: () => (popup.hidden ? open() : void enter()),
    Escape: close
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const act = keys[event.key];
    if (!act || (popup.hidden && /^Page|^Escape/.test(event.key))) return;
    event.preventDefault();
    act();
  });
  input.addEventListener("input", (event) => {
    event.stopPropagation(); // what is typed is no choice yet
    open();
    entered = undefined;
    searched = find(input.value);
  });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("click", open);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => {
    if (!entered) close();
  });

  function select(name: string): void {
    const place = places.get(name);
    if (place === undefined)
      throw new RangeError(`seriesPicker: "${name}" isn't among the ${count.format(names.length)} names`);
    chosen = place;
    close();
  }
  if (value !== undefined) select(value);
  else showChosen();
  return Object.defineProperty(element, "value", {
    get: () => names[chosen] ?? null,
    set: select
  }) as unknown as SeriesPicker;
}
