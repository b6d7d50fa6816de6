// Which columns of which row groups a table has in DuckDB, and which of them serve a statement best.
import type {Kept} from "./budget.js";

/** A table in DuckDB that holds some columns of some row groups, in the file's order. */
export interface Part {
  name: string;
  columns: Map<number, Kept>;
}

/** The parts of the same row groups: side by side they are rows. */
export interface Family {
  groups: ReadonlySet<number>;
  parts: Part[];
}

/** What is kept of a column. */
export const keptIn = ({parts}: Family, column: number): Kept | undefined =>
  parts.find((part) => part.columns.has(column))?.columns.get(column);

/** The parts that have some of the columns. */
export const partsWith = ({parts}: Family, columns: readonly number[]): Part[] =>
  parts.filter((part) => columns.some((column) => part.columns.has(column)));

export class Families {
  #all: Family[] = [];

  /** @param sizeOf the bytes that a column of a row group takes, by their numbers */
  constructor(private readonly sizeOf: (group: number, column: number) => number) {}

  /** The row groups to use for a statement: some that are there if that leaves least to read, else just those that are needed. */
  bestFor(groups: readonly number[], columns: readonly number[]): Family {
    const exact: Family = {groups: new Set(groups), parts: []};
    const covering = this.#all.filter((family) => groups.every((group) => family.groups.has(group)));
    const [best] = covering
      .map((family) => ({family, bytes: this.#bytesToRead(family, columns)}))
      .sort((a, b) => a.bytes - b.bytes || a.family.groups.size - b.family.groups.size);
    if (best && best.bytes <= this.#bytesToRead(exact, columns)) return best.family;
    return covering.find(({groups: {size}}) => size === groups.length) ?? exact;
  }

  #bytesToRead(family: Family, columns: readonly number[]): number {
    let bytes = 0;
    for (const column of columns) {
      if (keptIn(family, column)) continue;
      for (const group of family.groups)
        if (!this.holderOf(group, [column])) bytes += this.sizeOf(group, column);
    }
    return bytes;
  }

  /** A family that has the columns of a row group. */
  holderOf(group: number, columns: readonly number[]): Family | undefined {
    return this.#all.find(
      (family) => family.groups.has(group) && columns.every((column) => keptIn(family, column))
    );
  }

  add(family: Family, part: Part): void {
    family.parts.push(part);
    if (!this.#all.includes(family)) this.#all.push(family);
  }

  /** Forgets a column, and the part and the family that have none left. */
  forget(family: Family, part: Part, column: number): void {
    part.columns.delete(column);
    if (!part.columns.size) family.parts = family.parts.filter((other) => other !== part);
    if (!family.parts.length) this.#all = this.#all.filter((other) => other !== family);
  }

  /** Columns that nobody uses now, of other families whose row groups this one has too, with the same columns. */
  doublesOf(family: Family): {family: Family; part: Part; column: number; kept: Kept}[] {
    return this.#all
      .filter((other) => other !== family && [...other.groups].every((group) => family.groups.has(group)))
      .flatMap((other) =>
        other.parts.flatMap((part) =>
          [...part.columns].map(([column, kept]) => ({family: other, part, column, kept}))
        )
      )
      .filter(({column, kept}) => !kept.pins && keptIn(family, column));
  }

  /** Forgets all, and gives the parts that there were. */
  clear(): Part[] {
    const parts = this.#all.flatMap((family) => family.parts);
    this.#all = [];
    return parts;
  }
}
