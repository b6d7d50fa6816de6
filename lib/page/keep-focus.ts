// Keeps the keyboard's focus at its place when a picture is replaced by the next.

const focusable = "a[href], button, input, select, textarea, [tabindex]";

/**
 * Calls `replace`, which replaces what the element holds. If something in it has the focus, that goes on to what stands in its place,
 * with its `data-position`, by which a chart goes on at the same point.
 */
export function keepFocus(element: HTMLElement, replace: () => void): void {
  const parts = () => [...element.querySelectorAll<HTMLElement | SVGElement>(focusable)];
  const place = parts().findIndex((part) => part === document.activeElement);
  const before = place < 0 ? undefined : parts()[place];
  const {position, positionName} = before?.dataset ?? {};
  replace();
  const after = place < 0 ? undefined : parts()[place];
  if (!before || after?.localName !== before.localName) return;
  if (position !== undefined) Object.assign(after.dataset, {position, positionName});
  after.focus({preventScroll: true});
}
