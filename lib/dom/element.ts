// Makes elements. Text stays text: nothing here parses HTML.

type Child = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** An element with attributes, leaving out what is null, undefined or false, and children. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter(isShown));
  return element;
}

/** Sets a text, unless it is there already: a live region would be read out again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

const isShown = (child: Child): child is Node | string =>
  child !== null && child !== undefined && child !== false;

let ids = 0;
/** An id that no other element of the page has. */
export const uniqueId = () => `ikigai-${++ids}`;
