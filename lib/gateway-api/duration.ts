// How long something took, as people say it. In a file without schemas, so that a page that needs only this doesn't load zod.

const [minute, hour, day] = [60, 3600, 86_400];

/**
 * "0.8 s", "12 s", "1 min 1 s", "2 h 5 min", "1 day 2 h", "12 days": in its two largest units, and tenths of a second only below ten.
 * Never below zero, since clocks of two machines differ.
 */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (seconds > 0 && seconds < 9.95 && !Number.isInteger(seconds)) return `${seconds.toFixed(1)} s`;
  if (!whole) return "0 s";
  if (whole < hour) return said([Math.floor(whole / minute), "min"], [whole % minute, "s"]);
  const minutes = Math.round(seconds / minute);
  if (minutes < day / minute) return said([Math.floor(minutes / 60), "h"], [minutes % 60, "min"]);
  const hours = Math.round(seconds / hour);
  const days = Math.floor(hours / 24);
  return said([days, days === 1 ? "day" : "days"], [hours % 24, "h"]);
}

const said = (...parts: [number, string][]) =>
  parts.flatMap(([count, unit]) => (count ? [`${count} ${unit}`] : [])).join(" ");
