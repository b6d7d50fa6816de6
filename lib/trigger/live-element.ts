// Elements that know whether they are in the page: they listen while they are, and let go when Framework removes them.

type Connect = () => () => void;

const connects = new WeakMap<HTMLElement, Connect>();
const leaves = new WeakMap<HTMLElement, () => void>();

/**
 * An element of the given tag, which must hold a hyphen. `connected` runs each time it comes into the page, and what it returned
 * when it leaves.
 */
export function liveElement(tag: string, connected: (element: HTMLElement) => () => void): HTMLElement {
  if (!customElements.get(tag)) customElements.define(tag, liveClass());
  const element = document.createElement(tag);
  connects.set(element, () => connected(element));
  return element;
}

/** Made when it is needed: where this module is read outside of a page there is no HTMLElement. */
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
