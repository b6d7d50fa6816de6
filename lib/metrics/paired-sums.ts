// Two versions' forecasts of the same things, paired, and summed by time: what comparisons are computed from.
import {column, type Data} from "./column.js";
import {compareKeys, groupsOf} from "./groups.js";
import type {Columns} from "./measure-types.js";
import {measures, type RatioName} from "./measures.js";
import {placesOf} from "./time-sums.js";

/** Which forecasts to pair, and by which measure. */
export interface Pairing extends Columns {
  /** The version that each other one is compared with. */
  against: string | number;
  /** The column of the versions; `"version"` if left out. */
  version?: string;
  /** The column of the time that is forecast; `"time"` if left out. */
  time?: string;
  /** The columns that together with the time say which forecast a row is, such as the series, the origin and the horizon. */
  by: readonly string[];
  /** The measure to compare; `"wape"` if left out. */
  measure?: RatioName;
}

/** What a version's and the other's paired forecasts of one time add up to. A row that the measure doesn't count isn't in it. */
export interface PairedSums {
  version: unknown;
  time: unknown;
  /** How many forecasts both have. */
  pairs: number;
  /** How many the other version doesn't have. */
  unpaired: number;
  /** How many only the other version has. */
  unpairedAgainst: number;
  /** How many are there several times in either, and so can't be paired: name more columns in `by`. */
  repeated: number;
  /** The two sums whose ratio the measure is, see {@link RatioMeasure}, and the other version's. */
  term: number;
  weight: number;
  againstTerm: number;
  againstWeight: number;
}

/** The sums by version and time, in ascending order of these. */
export function pairedSums(
  data: Data,
  {against, version = "version", time = "time", by, measure = "wape", ...columns}: Pairing
): PairedSums[] {
  const parts = measures[measure].parts(data, columns);
  const all = [version, time, ...by].map((name) => column(data, name));
  const places = placesOf(parts.term, all[1]!).filter((i) => all[0]![i] != null);
  const [versions, times, ...others] = all.map((values) => places.map((i) => values[i])) as [
    unknown[],
    unknown[],
    ...unknown[][]
  ];
  const byTime = groupsOf([times], places.length);
  const keys = groupsOf(others, places.length, byTime);
  const {of, first} = groupsOf([versions], places.length, keys);

  const count = new Int32Array(first.length);
  for (const cell of of) ++count[cell]!;
  const isAgainst = first.map((i) => String(versions[i]) === String(against));
  const other = new Map<number, number>();
  for (const [cell, i] of first.entries()) if (isAgainst[cell]) other.set(keys.of[i]!, cell);

  const sums = new Map<unknown, Map<number, PairedSums>>();
  const sumsOf = (version: unknown, i: number): PairedSums => {
    const ofVersion = sums.get(version) ?? sums.set(version, new Map()).get(version)!;
    const known = ofVersion.get(byTime.of[i]!);
    const made = known ?? {version, time: times[i], ...nothing};
    if (!known) ofVersion.set(byTime.of[i]!, made);
    return made;
  };
  const sumsAt = (i: number) => [parts.term[places[i]!]!, parts.weight[places[i]!]!] as const;
  for (const [cell, i] of first.entries()) {
    if (isAgainst[cell]) continue;
    const row = sumsOf(versions[i], i);
    const paired = other.get(keys.of[i]!);
    if (paired === undefined) ++row.unpaired;
    else if (count[cell]! > 1 || count[paired]! > 1) ++row.repeated;
    else {
      ++row.pairs;
      const [mine, theirs] = [sumsAt(i), sumsAt(first[paired]!)];
      row.term += mine[0];
      row.weight += mine[1];
      row.againstTerm += theirs[0];
      row.againstWeight += theirs[1];
    }
  }
  for (const version of sums.keys()) {
    for (const cell of other.values()) ++sumsOf(version, first[cell]!).unpairedAgainst;
    for (const row of sums.get(version)!.values()) row.unpairedAgainst -= row.pairs + row.repeated;
  }
  return [...sums.values()]
    .flatMap((rows) => [...rows.values()])
    .sort((a, b) => compareKeys([a.version, a.time], [b.version, b.time]));
}

/** The sums of one version, and how many forecasts could be paired. */
export interface PairedVersion {
  version: unknown;
  /** The times with pairs, in the order of the sums. */
  rows: PairedSums[];
  counts: Record<"pairs" | "times" | "unpaired" | "unpairedAgainst" | "repeated", number>;
}

/** The sums of each version, in the order of the sums. */
export function pairedVersions(sums: Iterable<PairedSums>): PairedVersion[] {
  const versions = new Map<unknown, PairedVersion>();
  for (const row of sums) {
    const {version} = row;
    const counts = {pairs: 0, times: 0, unpaired: 0, unpairedAgainst: 0, repeated: 0};
    const known = versions.get(version) ?? {version, rows: [], counts};
    versions.set(version, known);
    if (row.pairs > 0) known.counts.times = known.rows.push(row);
    for (const name of ["pairs", "unpaired", "unpairedAgainst", "repeated"] as const)
      known.counts[name] += row[name];
  }
  return [...versions.values()];
}

const nothing = {
  pairs: 0,
  unpaired: 0,
  unpairedAgainst: 0,
  repeated: 0,
  term: 0,
  weight: 0,
  againstTerm: 0,
  againstWeight: 0
};
