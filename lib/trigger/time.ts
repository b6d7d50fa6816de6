// Times and durations as short texts.

/** "42 s", "3 min 10 s", "2 h 5 min". Milliseconds in; never below 0, since two machines' clocks differ. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`;
}

/** Made at its first use: it costs some milliseconds, which a page's first picture would wait for. */
let relative: Intl.RelativeTimeFormat | undefined;

/** "just now", "2 minutes ago", "3 days ago". */
export function ago(time: string, now = Date.now()): string {
  const seconds = (now - Date.parse(time)) / 1000;
  if (seconds < 45) return "just now";
  relative ??= new Intl.RelativeTimeFormat("en");
  const minutes = seconds / 60;
  if (minutes < 60) return relative.format(-Math.max(1, Math.round(minutes)), "minute");
  if (minutes < 24 * 60) return relative.format(-Math.round(minutes / 60), "hour");
  return relative.format(-Math.round(minutes / 60 / 24), "day");
}
