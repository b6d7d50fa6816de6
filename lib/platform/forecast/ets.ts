// Exponential smoothing with an automatic choice of model.
import {AutoETS, initSync} from "@bsull/augurs/ets";
import {ask, open} from "./augurs.js";
import {method} from "./method.js";

/**
 * ETS without a season: additive or multiplicative errors with no, a linear or a damped trend, whichever has the least
 * AICc (fpp3, section 8.6), with the interval of that model. augurs has no seasonal ETS: for a season take `mstl` or
 * `holtWinters`.
 */
export const ets = () =>
  method({
    name: "Ets",
    least: 7,
    forecast(y, horizon, level) {
      open("ets", initSync);
      // Multiplicative errors are shares of the level, so they make no sense where that can be zero or change sign.
      const spec = y.every((value) => value > 0) ? "ZZN" : "AZN";
      return ask("Ets", new AutoETS(1, spec), y, horizon, level);
    }
  });
