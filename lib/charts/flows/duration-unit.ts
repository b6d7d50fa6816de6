// The unit of an axis of durations.

const units = [
  {name: "days", seconds: 86_400},
  {name: "hours", seconds: 3600},
  {name: "minutes", seconds: 60},
  {name: "seconds", seconds: 1}
];

/** The largest unit of which the longest duration, in seconds, has at least two. */
export const unitOf = (longest: number) => units.find(({seconds}) => longest >= 2 * seconds) ?? units.at(-1)!;
