// A part of a list of times: the places of its first and its last one.

export interface Span {
  from: number;
  to: number;
}

const within = (place: number, least: number, most: number) => Math.max(least, Math.min(most, place));

/** With one end moved, but never over the other: at least one step is left between them. */
export const withEnd = ({from, to}: Span, end: keyof Span, place: number, last: number): Span =>
  end === "from" ? {from: within(place, 0, to - 1), to} : {from, to: within(place, from + 1, last)};

/** Moved as a whole, and as far as there is room. */
export function shifted({from, to}: Span, by: number, last: number): Span {
  const step = within(by, -from, last - to);
  return {from: from + step, to: to + step};
}

/** Between two places, in any order. */
export function between(a: number, b: number, last: number): Span {
  const from = within(Math.min(a, b), 0, last - 1);
  return {from, to: within(Math.max(a, b), from + 1, last)};
}
