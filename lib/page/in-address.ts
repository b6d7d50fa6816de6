// Keeps what is chosen in the page's address, so that it can be sent to somebody, and is there again after a reload.

/** An input like Observable's: an element with a `value` that dispatches an `input` event for each new value. */
export type AddressInput<T> = HTMLElement & {value: T};

/** How a value is written in the address. */
export interface AddressOptions<T> {
  /** The values to choose from. Any other value in the address is ignored. */
  choices?: readonly T[];
  /** Writes a value, by default as `String` does, dates in ISO 8601. */
  format?: (value: T) => string;
  /**
   * Turns the text of the address into a value, if there are no `choices`; undefined for an invalid text, which is
   * then ignored.
   */
  parse?: (text: string) => T | undefined;
}

/**
 * Gives an input the value that the page's address has for it, and keeps the address up to date; returns the input:
 *
 * ```js
 * const sectorInput = inAddress("sector", Inputs.select(sectors, {label: "Sector"}), {choices: sectors});
 * const sector = Generators.input(sectorInput);
 * ```
 *
 * A page then opens at `/forecast?sector=Construction`. The value that the input had before isn't written, so that an address is as
 * short as can be. The address is replaced: the browser's Back leaves the page.
 * @param name of the parameter in the address
 */
export function inAddress<T, Input extends AddressInput<T>>(
  name: string,
  input: Input & AddressInput<T>,
  {
    choices,
    format = textOf,
    parse = (text) => choices?.find((choice) => format(choice) === text)
  }: AddressOptions<T> = {}
): Input {
  const usual = format(input.value);
  const text = new URL(location.href).searchParams.get(name);
  const value = text === null ? undefined : parse(text);
  if (value !== undefined) input.value = value;
  input.addEventListener("input", () => {
    const url = new URL(location.href);
    const written = format(input.value);
    if (written === usual) url.searchParams.delete(name);
    else url.searchParams.set(name, written);
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  });
  return input;
}

const textOf = (value: unknown) => (value instanceof Date ? value.toISOString() : String(value));
