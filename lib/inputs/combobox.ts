// A field that finds one of up to some hundred thousand names as one types, with keys, a mouse or a thumb. What it offers can be narrowed.
import {h, setText, uniqueId} from "../dom/index.js";
import {words} from "./fold.js";
import {NameSearch} from "./name-search.js";
import {Offer} from "./offer.js";
import {optionContent} from "./option-content.js";
import {optionList} from "./option-list.js";

interface ComboboxOptions {
  label: string;
  /** What an option tells at its end, by its place in the names. */
  detail: (place: number) => string | undefined;
  /** Called with the place of another name that the viewer has chosen. */
  onChoice: (place: number) => void;
}

export interface Combobox {
  readonly input: HTMLInputElement;
  /** What opens below the field, in the same positioned element. */
  readonly popup: HTMLElement;
  /** The place of the name that is chosen; -1 where there is none to choose. */
  readonly chosen: number;
  /** Chooses without telling `onChoice`. */
  set: (place: number) => void;
  /** Chooses as a viewer does. */
  choose: (place: number) => void;
  /** The name before or after the chosen one, of those that are offered; undefined where there is none. */
  beside: (by: -1 | 1) => number | undefined;
  /** Offers only the names in these places, which are in order; all of them where there are none. */
  narrow: (places: Uint32Array | undefined) => void;
}

/** Options that Page Up and Page Down go over. */
const page = 8;

/** The first name is chosen at first. */
export function combobox(names: readonly string[], {label, detail, onChoice}: ComboboxOptions): Combobox {
  const search = new NameSearch(names);
  let offer = new Offer(names.length);
  /** The places in `names` of what the list shows, and of what is chosen. */
  let found = offer.places;
  let chosen = names.length ? 0 : -1;
  let active = -1;
  let wanted: string[] = [];
  let searching = new AbortController();
  let searched: Promise<void> = Promise.resolve();
  /** The search after which the best name is chosen, when Enter comes before its end. */
  let entered: Promise<void> | undefined;

  const list = optionList(
    label,
    (place) => {
      const at = found[place]!;
      return {content: optionContent(names[at]!, wanted, detail(at)), isChosen: at === chosen};
    },
    (place) => choose(found[place]!)
  );
  const status = h("p", {class: "ikigai-count", role: "status"});
  const popup = h("div", {class: "ikigai-popup", hidden: true}, list.element, status);
  const input = h("input", {
    id: uniqueId(),
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

  function showChosen(): void {
    input.value = names[chosen] ?? "";
    input.title = input.value;
    input.placeholder = names.length ? "" : "No series";
    input.disabled = names.length === 0;
    if (document.activeElement === input) input.select(); // what is typed next takes its place
  }

  function set(place: number): void {
    chosen = place;
    close();
  }

  function choose(place: number): void {
    if (place < 0 || place >= names.length) return;
    const isAnother = place !== chosen;
    set(place);
    if (isAnother) onChoice(place);
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
    const all = offer.describe(found.length, query);
    setText(status, list.size < found.length ? `${all}: type more to see the others` : all);
    activate(query.trim() ? 0 : found.indexOf(chosen));
  }

  function open(): void {
    if (!popup.hidden || input.disabled) return;
    popup.hidden = false;
    input.setAttribute("aria-expanded", "true");
    show(offer.places, "");
  }

  async function find(query: string): Promise<void> {
    searching.abort();
    const {signal} = (searching = new AbortController());
    try {
      const places = await search.find(query, signal);
      if (!signal.aborted) show(offer.among(places), query);
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
  showChosen();
  return {
    input,
    popup,
    get chosen() {
      return chosen;
    },
    set,
    choose,
    beside: (by) => offer.beside(chosen, by),
    narrow(places) {
      offer = new Offer(names.length, places);
      close();
    }
  };
}
