// Rows that break charts which were only tried with good data: each by the name of what is wrong or unusual about it.
// Rows have the columns of forecasts; the page that draws them imports this file, so it knows nothing of Node.

/** A forecast as charts get it. Times and values are whatever a source may hold. */
export interface HostileRow {
  time: unknown;
  actual: unknown;
  forecast: unknown;
  lower: unknown;
  upper: unknown;
  version: string;
  series: string;
  horizon: unknown;
}

interface Shape {
  /** How many rows; the last third are forecasts without an actual value. */
  rows?: number;
  versions?: string[];
  series?: string[];
  time?: (i: number) => unknown;
  actual?: (i: number) => unknown;
  forecast?: (i: number, version: number) => unknown;
  lower?: (forecast: number, i: number) => unknown;
  upper?: (forecast: number, i: number) => unknown;
}

const start = Date.UTC(2023, 0, 1);
const day = 86_400_000;
const wave = (i: number) => 100 + 20 * Math.sin(i / 3) + i;

/** A series with its forecasts: for each series and version, rows in the order of time. */
function make({
  rows = 24,
  versions = ["ets", "mstl"],
  series = ["Store 1"],
  time = (i) => new Date(Date.UTC(2023, i, 1)),
  actual = wave,
  forecast = (i, version) => wave(i) * (1 + 0.05 * (version + 1)),
  lower = (value) => value * 0.9,
  upper = (value) => value * 1.1
}: Shape = {}): HostileRow[] {
  const first = Math.floor(rows / 3);
  const known = Math.ceil((2 * rows) / 3);
  return series.flatMap((name) =>
    versions.flatMap((version, v) =>
      Array.from({length: rows}, (_, i): HostileRow => {
        const value = i < first ? null : forecast(i, v);
        const numeric = typeof value === "number";
        return {
          time: time(i),
          actual: i < known ? actual(i) : null,
          forecast: value,
          lower: numeric ? lower(value, i) : null,
          upper: numeric ? upper(value, i) : null,
          version,
          series: name,
          horizon: i < first ? null : i - first + 1
        };
      })
    )
  );
}

const scaled = (factor: number) =>
  make({actual: (i) => wave(i) * factor, forecast: (i, v) => wave(i) * factor * (1 + 0.05 * (v + 1))});
const pad = (value: number) => String(value).padStart(2, "0");
const monthOf = (i: number) => ({year: 2023 + Math.floor(i / 12), month: (i % 12) + 1});
const numbered = (length: number, prefix: string) => Array.from({length}, (_, i) => prefix + (i + 1));
const long = "an-unusually-long-version-name-with-all-of-its-hyperparameters-written-out-"
  .repeat(3)
  .slice(0, 200);
const named = (...names: string[]) => make({versions: names, series: names});

/** Each input by its name. */
export const hostile: Record<string, () => HostileRow[]> = {
  ordinary: () => make(),
  "no rows": () => [],
  "one point": () => make({rows: 1, versions: ["ets"]}),
  "one step ahead": () =>
    make({rows: 24, versions: ["ets"]}).map((row, i) =>
      i < 23 ? {...row, forecast: null, lower: null, upper: null, actual: wave(i)} : row
    ),
  "only actual values": () => make().map((row) => ({...row, forecast: null, lower: null, upper: null})),
  "only forecasts": () => make().map((row) => ({...row, actual: null})),
  "missing rows": () => make().filter((_, i) => i % 24 < 5 || i % 24 > 9),
  "missing values": () => make({actual: (i) => (i % 5 === 0 ? null : i % 5 === 1 ? undefined : wave(i))}),
  "NaN and infinities": () =>
    make({
      actual: (i) => [NaN, Infinity, -Infinity, wave(i), wave(i)][i % 5],
      forecast: (i) => (i % 4 === 0 ? Infinity : wave(i))
    }),
  "all zero": () => make({actual: () => 0, forecast: () => 0}),
  "one version without an error": () =>
    make({versions: ["perfect", "ets", "mstl"], forecast: (i, v) => wave(i) * (1 + 0.05 * v)}),
  "negative values": () => make({actual: (i) => -wave(i), forecast: (i, v) => -wave(i) * (1 - 0.05 * v)}),
  "around zero": () => make({actual: (i) => Math.sin(i), forecast: (i, v) => Math.sin(i) + 0.1 * (v - 1)}),
  "values of 1e-9": () => scaled(1e-11),
  "values of 1e12": () => scaled(1e10),
  "one outlier": () => make({actual: (i) => (i === 12 ? 1e8 : wave(i))}),
  constant: () => make({actual: () => 7, forecast: () => 7, lower: () => 7, upper: () => 7}),
  "small integers": () =>
    make({actual: (i) => i % 4, forecast: (i) => (i + 1) % 4, lower: (v) => v - 1, upper: (v) => v + 1}),
  weekly: () => make({time: (i) => new Date(start + 7 * day * i)}),
  yearly: () => make({time: (i) => new Date(Date.UTC(1990 + i, 0, 1))}),
  "every 15 minutes": () => make({rows: 192, time: (i) => new Date(start + 900_000 * i)}),
  "periods of 28 days": () => make({time: (i) => new Date(start + 28 * day * i)}),
  "texts without a zone": () =>
    make({time: (i) => `${monthOf(i).year}-${pad(monthOf(i).month)}-01T00:00:00`}),
  "US dates": () => make({time: (i) => `${monthOf(i).month}/1/${monthOf(i).year}`}),
  "epoch seconds": () => make({time: (i) => (start + 7 * day * i) / 1000}),
  "epoch microseconds": () => make({time: (i) => (start + 7 * day * i) * 1000}),
  bigints: () =>
    make({
      time: (i) => BigInt(start + 7 * day * i),
      actual: (i) => BigInt(Math.round(wave(i))),
      forecast: (i) => BigInt(Math.round(wave(i)))
    }),
  "numbers as texts": () => make({actual: (i) => String(wave(i))}),
  "impossible dates": () => make({time: (i) => (i === 3 ? "2023-02-31" : `2023-01-${pad(i + 1)}`)}),
  "rows in no order": () => make().reverse(),
  "several rows for each time": () => [...make(), ...make()],
  "one-sided interval": () => make({lower: () => null}),
  "infinite interval": () => make({lower: () => -Infinity, upper: (v, i) => (i % 2 ? Infinity : v * 1.1)}),
  "lines that coincide": () => make({versions: ["ets", "mstl", "naive"], forecast: (i) => wave(i)}),
  "40 versions": () => make({versions: numbered(40, "version-")}),
  "3,000 series": () => make({rows: 3, versions: ["ets"], series: numbered(3000, "SKU-")}),
  "names alike in front": () => named(...numbered(6, "SKU-2024-000000000000000000000000000000")),
  "long names": () => named(long, `${long.slice(0, -1)}2`),
  "short names": () => named("N", "NE", "NW", "S", "SE", "SW"),
  "HTML in names": () => named("<img src=x onerror=alert(1)>", "</svg><script>alert(2)</script>", "a & b"),
  "emoji and combined letters": () => named("👩‍👩‍👧‍👦 family", "🇮🇳🇺🇸", "é e\u0301 \u200d", "Zalgơ̷̢͓"),
  "names from right to left": () => named("מחיר חודשי", "السعر الشهري 2024", "\u202eesrever"),
  "quotes, breaks and backslashes": () =>
    named(`"quoted"`, "it's", "two\nlines", "back\\slash", " spaces ", "a:b; c"),
  "names of JavaScript": () => named("__proto__", "constructor", "toString", "undefined", "null", ""),
  "a century of days": () =>
    make({rows: 36_500, versions: ["ets"], time: (i) => new Date(start - day * (36_500 - i))})
};
