// How many bytes, as a person reads them.
import prettyBytes from "pretty-bytes";

/** `900 B`, `1.0 kB`, `12.3 MB`: of 1,000 each, with one decimal, so that a number that grows keeps its width. */
export const bytes = (count: number): string =>
  prettyBytes(count, count < 1000 ? {} : {minimumFractionDigits: 1, maximumFractionDigits: 1});

/** How far a transfer is: `1.5 MB of 3.0 MB`, or `1.5 MB` as long as nobody knows the whole. */
export const transferred = (done = 0, total?: number): string =>
  total ? `${bytes(done)} of ${bytes(total)}` : bytes(done);
