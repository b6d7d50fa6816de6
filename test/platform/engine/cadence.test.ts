// Steps of time, and where they lead.
import {describe, expect, it} from "vitest";
import {cadenceOf, placeOf, timeAt} from "../../../lib/platform/engine/models/cadence.js";

const at = (text: string) => Date.parse(`${text}${text.includes("T") ? "" : "T00:00"}Z`);

describe("cadence", () => {
  it.each<[string, string[], string, number]>([
    ["days", ["2024-01-01", "2024-01-02", "2024-01-03"], "2024-01-05", 7],
    ["days with gaps", ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-08"], "2024-01-10", 7],
    ["weeks", ["2024-01-01", "2024-01-08", "2024-01-15"], "2024-01-29", 52],
    ["months", ["2023-11-01", "2023-12-01", "2024-01-01"], "2024-03-01", 12],
    ["ends of months", ["2023-11-30", "2023-12-31", "2024-01-31"], "2024-03-31", 12],
    ["quarters", ["2023-07-01", "2023-10-01", "2024-01-01"], "2024-07-01", 4],
    ["years", ["2022-06-30", "2023-06-30", "2024-06-30"], "2026-06-30", 1],
    ["hours", ["2024-01-01T00:00", "2024-01-01T01:00", "2024-01-01T02:00"], "2024-01-01T04:00", 24],
    ["one moment", ["2024-01-01"], "2024-01-03", 7]
  ])("%s", (_, moments, twoOn, season) => {
    const times = moments.map(at);
    const cadence = cadenceOf([times]);
    expect(cadence.season).toBe(season);
    const last = placeOf(cadence, times.at(-1)!);
    expect(new Date(timeAt(cadence, last + 2)).toISOString()).toBe(new Date(at(twoOn)).toISOString());
    for (const time of times) expect(timeAt(cadence, placeOf(cadence, time))).toBeLessThanOrEqual(time);
  });
});
