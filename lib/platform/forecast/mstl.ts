// Seasons taken off by LOESS, the rest forecast by ETS.
import {initSync, MSTL} from "@bsull/augurs/mstl";
import {ask, open} from "./augurs.js";
import {method, wholeNumber} from "./method.js";

/**
 * Decomposes the series by MSTL (K. Bandara, R. J. Hyndman & C. Bergmeir, Int. J. of Operational Research 52 (2025),
 * 79–98) with one season for each of `seasons` (steps, 2 or more), forecasts what is left by ETS without a season, and
 * adds the last cycle of each season. The interval is ETS's own, as if the seasons were known (fpp3, section 5.7).
 */
export const mstl = ({seasons}: {seasons: [number, ...number[]]}) =>
  method({
    name: "Mstl",
    least: Math.max(7, ...seasons.map((season) => 2 * wholeNumber("season", season, 2))),
    forecast(y, horizon, level) {
      open("mstl", initSync);
      return ask("Mstl", MSTL.ets(seasons), y, horizon, level);
    }
  });
