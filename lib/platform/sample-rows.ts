// How many rows are looked at to guess what columns hold.

/** Of a table with so many columns: each value is tried as every type, which takes some 10 µs. */
export const sampleRows = (columns: number) => Math.max(100, Math.min(2000, Math.floor(200_000 / columns)));
