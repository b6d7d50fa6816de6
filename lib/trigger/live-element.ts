// Elements that listen while they are in the page, and stop when Framework removes them.

type Connect = () => () => void;

const connects = new WeakMap<HTMLElement, Connect>();
const leaves = new WeakMap<HTMLElement, () => void>();

/**
 * An element of the given tag, which must contain a hyphen. `connected` runs each time it is added to the page, and the function
 * that it returned when it is removed.
 */
export function liveElement(tag: string, connected: (element: HTMLElement) => () => void): HTMLElement {
  if (!customElements.get(tag)) customElements.define(tag, liveClass());
  const element = document.createElement(tag);
  connects.set(element, () => connected(element));
  return element;
}

/** Defined when it is first needed, because outside of a page there is no HTMLElement. */
const liveClass = () =>
  class extends HTMLElement {
    connectedCallback(): void {
      const leave = connects.get(this)?.();
      if (leave) leaves.set(this, leave);
    }
    disconnectedCallback(): void {
      leaves.get(this)?.();
      leaves.delete(this);
    }
  };
