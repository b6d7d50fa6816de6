// A mark on columns of whole numbers that Arrow has as doubles, so that they go up to the platform as whole numbers again.

/** Metadata of the column's field. */
export const wholeNumbers: ReadonlyMap<string, string> = new Map([["ikigai:numbers", "whole"]]);

export const hasWholeNumbers = (metadata: ReadonlyMap<string, string>): boolean =>
  [...wholeNumbers].every(([key, value]) => metadata.get(key) === value);
