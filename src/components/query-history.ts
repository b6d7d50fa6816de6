// The statements that were answered last, kept in this browser.

const key = "ikigai-query-history";
const most = 20;

/** The newest first; none where the browser keeps nothing. */
export function recent(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

/** Puts a statement first. */
export function remember(sql: string): void {
  const others = recent().filter((one) => one !== sql);
  try {
    localStorage.setItem(key, JSON.stringify([sql, ...others].slice(0, most)));
  } catch {
    // Storage is full or off: there is no history then.
  }
}
