// A time zone's clock, from the tables of Intl.

/** Converts between instants and a zone's clock; both are milliseconds, a clock's are of the UTC time with the same fields. */
export interface Zone {
  /** What the zone's clocks show at an instant. */
  clock: (instant: number) => number;
  /**
   * When the zone's clocks show this. Of two such instants, when clocks go back, the earlier; a time that clocks skip is as much
   * later as they skip: as "compatible" in TC39's Temporal.
   */
  instant: (clock: number) => number;
}

const day = 86_400_000;

/** The zone of an IANA name, such as "America/Los_Angeles"; UTC without one. Throws a RangeError for a name that isn't one. */
export function zone(timeZone: string | undefined): Zone {
  if (timeZone === undefined || timeZone === "UTC") return {clock: Number, instant: Number};
  const offset = offsetsOf(timeZone);
  return {
    clock: (instant) => instant + offset(instant),
    instant: (clock) => {
      const [before, after] = [offset(clock - day), offset(clock + day)];
      const valid = [before, after].find((ms) => offset(clock - ms) === ms);
      return clock - (valid ?? before);
    }
  };
}

/** The milliseconds by which the zone is ahead of UTC at an instant. */
function offsetsOf(timeZone: string): (instant: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {timeZone, timeZoneName: "longOffset"});
  } catch {
    throw new RangeError(
      `The timeZone is ${JSON.stringify(timeZone)}: give it an IANA name, such as "America/Los_Angeles"`
    );
  }
  const read = (instant: number) => {
    const name = format.formatToParts(instant).find(({type}) => type === "timeZoneName")!.value;
    const [, sign, hours, minutes, seconds] = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name) ?? [];
    const ahead = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60 + Number(seconds ?? 0);
    return (sign === "-" ? -1000 : 1000) * ahead;
  };
  // Asking Intl takes microseconds, so a million times would take seconds; most days have one offset.
  const known = new Map<number, number | undefined>();
  return (instant) => {
    const date = Math.floor(instant / day);
    if (!known.has(date)) {
      const first = read(date * day);
      known.set(date, first === read((date + 1) * day) ? first : undefined);
    }
    return known.get(date) ?? read(instant);
  };
}
