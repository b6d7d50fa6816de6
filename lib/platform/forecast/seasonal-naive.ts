// The seasonal naive method: the last season comes again.
import {method, wholeNumber} from "./method.js";
import {normalInterval, residualDeviation} from "./normal.js";

/**
 * Every forecast is the last value seen in the same place of the season, `season` steps apart; its error after h steps
 * has the deviation sigma·sqrt(k + 1), k the whole seasons in h − 1 steps (fpp3, sections 5.2 and 5.5).
 */
export const seasonalNaive = ({season}: {season: number}) =>
  method({
    name: "Seasonal_Naive",
    least: wholeNumber("season", season) + 1,
    forecast(y, horizon, level) {
      const fitted = Float64Array.from(y, (_, t) => (t < season ? NaN : y[t - season]!));
      const sigma = residualDeviation(y, fitted);
      const point = Float64Array.from({length: horizon}, (_, h) => y[y.length - season + (h % season)]!);
      const growing = point.map((_, h) => sigma * Math.sqrt(Math.floor(h / season) + 1));
      return {...normalInterval(point, growing, level), fitted};
    }
  });
