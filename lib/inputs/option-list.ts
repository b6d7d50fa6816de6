// A list of options of which only those in sight exist: any number of them scrolls alike.
import {h, uniqueId} from "../dom/index.js";

/** Rows beyond what is in sight, above and below. */
const beyond = 6;

/** Rows at most: browsers don't make an element higher than some 17 million pixels. */
const most = 300_000;

export interface OptionList {
  readonly element: HTMLElement;
  /** How many options it shows. */
  readonly size: number;
  /** Shows these many options, none of them active, from the first. */
  show: (size: number) => void;
  /** Makes an option active and scrolls it into sight. Returns the id of its element. */
  activate: (place: number) => string;
  /** Draws again what is in sight: once it has become visible, say. */
  draw: () => void;
}

/**
 * @param draw makes an option's content
 * @param choose is told which option was clicked
 */
export function optionList(
  label: string,
  draw: (place: number) => {content: Node; isChosen: boolean},
  choose: (place: number) => void
): OptionList {
  const space = h("div", {class: "ikigai-space", role: "presentation"});
  const element = h(
    "div",
    {class: "ikigai-options", role: "listbox", id: uniqueId(), "aria-label": label},
    space
  );
  const idOf = (place: number) => `${element.id}-${place}`;
  let size = 0;
  let active = -1;

  function drawSight(): void {
    const rowHeight = heightOf(element);
    space.style.height = `${size * rowHeight}px`;
    const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - beyond);
    const last = Math.min(size, Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + beyond);
    const rows: HTMLElement[] = [];
    for (let place = first; place < last; ++place) rows.push(option(place, place * rowHeight));
    space.replaceChildren(...rows);
  }

  function option(place: number, top: number): HTMLElement {
    const {content, isChosen} = draw(place);
    const row = h(
      "div",
      {
        class: `ikigai-option${place === active ? " ikigai-active" : ""}`,
        role: "option",
        id: idOf(place),
        "aria-selected": String(isChosen),
        "aria-setsize": size,
        "aria-posinset": place + 1
      },
      content
    );
    row.style.top = `${top}px`;
    row.addEventListener("click", () => choose(place));
    return row;
  }

  // The field keeps the focus.
  element.addEventListener("mousedown", (event) => event.preventDefault());
  element.addEventListener("scroll", drawSight, {passive: true});

  return {
    element,
    get size() {
      return size;
    },
    show(count) {
      size = Math.min(count, most);
      active = -1;
      element.scrollTop = 0;
      drawSight();
    },
    activate(place) {
      active = place;
      const rowHeight = heightOf(element);
      space.style.height = `${size * rowHeight}px`;
      const top = place * rowHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + rowHeight > element.scrollTop + element.clientHeight)
        element.scrollTop = top + rowHeight - element.clientHeight;
      drawSight();
      return idOf(place);
    },
    draw: drawSight
  };
}

/** The height of a row in pixels, which the style sets. */
const heightOf = (element: HTMLElement): number =>
  parseFloat(getComputedStyle(element).getPropertyValue("--row")) || 32;
