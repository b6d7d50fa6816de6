// Keeps the keyboard's focus at its place, and open what was opened, when a picture is replaced by the next.

const focusable = "a[href], button, input, select, textarea, [tabindex]:not([hidden])";

/**
 * Calls `replace`, which replaces what the element holds. What was opened or closed with a button that says so (`aria-expanded`), as a
 * chart's table is, is so again. If something in the element has the focus, that goes on to what stands in its place, with its
 * `data-position`, by which a chart goes on at the same point.
 */
export function keepState(element: HTMLElement, replace: () => void): void {
  const expanders = () => [...element.querySelectorAll<HTMLElement>("button[aria-expanded]")];
  const before = expanders().map(isExpanded);
  const focused = element.contains(document.activeElement) ? focusOf(element) : undefined;
  replace();
  for (const [i, button] of expanders().entries())
    if (before[i] !== undefined && isExpanded(button) !== before[i]) button.click();
  if (focused) focusAgain(element, focused);
}

const isExpanded = (button: Element) => button.getAttribute("aria-expanded") === "true";

const partsOf = (element: HTMLElement) => [...element.querySelectorAll<HTMLElement | SVGElement>(focusable)];

/** What has the focus, and where: its place among all that can have it, and the point of a chart, which it forgets with the focus. */
function focusOf(element: HTMLElement) {
  const parts = partsOf(element);
  const place = parts.findIndex((part) => part === document.activeElement);
  if (place < 0) return undefined;
  const {localName, dataset} = parts[place]!;
  return {place, localName, position: dataset.position, positionName: dataset.positionName};
}

function focusAgain(
  element: HTMLElement,
  {place, localName, ...point}: NonNullable<ReturnType<typeof focusOf>>
): void {
  const after = partsOf(element)[place];
  if (after?.localName !== localName) return;
  if (point.position !== undefined) Object.assign(after.dataset, point);
  after.focus({preventScroll: true});
}
