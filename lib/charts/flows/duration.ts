// How long something took, as people say it.

const [minute, hour, day] = [60, 3600, 86_400];

/** "0.8 s", "12 s", "1 min 1 s", "2 h 5 min", "1 day 2 h", "12 days": in its two largest units. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < hour) return said([Math.floor(whole / minute), "min"], [whole % minute, "s"]);
  const minutes = Math.round(seconds / minute);
  if (minutes < day / minute) return said([Math.floor(minutes / 60), "h"], [minutes % 60, "min"]);
  const hours = Math.round(seconds / hour);
  const days = Math.floor(hours / 24);
  return said([days, days === 1 ? "day" : "days"], [hours % 24, "h"]);
}

const said = (...parts: [number, string][]) =>
  parts.flatMap(([count, unit]) => (count ? [`${count} ${unit}`] : [])).join(" ");

const units = [
  {name: "days", seconds: day},
  {name: "hours", seconds: hour},
  {name: "minutes", seconds: minute},
  {name: "seconds", seconds: 1}
];

/** The largest unit of which the longest duration, in seconds, has at least two. */
export const unitOf = (longest: number) => units.find(({seconds}) => longest >= 2 * seconds) ?? units.at(-1)!;
