// Chooses a value of an input as a viewer would, so that the page follows.

export function choose<T>(input: HTMLElement & {value: T}, value: T): void {
  input.value = value;
  input.dispatchEvent(new Event("input", {bubbles: true}));
}
