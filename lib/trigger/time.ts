// Times as short texts.

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
