// Keeps what is chosen in the page's address, so that it can be sent to somebody, and is there again after a reload.

/** An input as Observable's are: an element with a `value`, which dispatches an `input` event for each new one. */
export type AddressInput<T> = HTMLElement & {value: T};

/** How a value is written in the address. */
export interface AddressOptions<T> {
  /** What there is to choose from: an address that names anything else changes nothing. */
  choices?: readonly T[];
  /** Writes a value, by default as `String` does, dates in ISO 8601. */
  format?: (value: T) => string;
  /** Reads a text, where there are no `choices`; undefined for one that is no value, which changes nothing. */
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
