// The Holt-Winters method: a level, a trend and a season, each smoothed on its own.
import {method, wholeNumber} from "./method.js";
import {nelderMead} from "./nelder-mead.js";
import {accumulate, normalInterval} from "./normal.js";

/** Where the recursion stands; `season` holds the next season's effects, the coming step's first. */
interface State {
  level: number;
  trend: number;
  season: number[];
}

/** Smoothing parameters between 0 and 1: of the level, the trend and the season. */
type Smoothing = [alpha: number, beta: number, gamma: number];

/**
 * Additive Holt-Winters with a season of `season` steps; 1 means none, which is Holt's linear trend. P. R. Winters,
 * Management Science 6 (1960), 324–342; fpp3, section 8.3. The first states come from a decomposition of the first two
 * seasons and the smoothing parameters are those of the least one-step squared error, as in R's `HoltWinters`. The
 * interval is that of ETS(A,A,A), or ETS(A,A,N) without a season (fpp3, section 8.7).
 */
export const holtWinters = ({season = 1}: {season?: number} = {}) =>
  method({
    name: "Holt_Winters",
    least: Math.max(2 * wholeNumber("season", season), 6),
    forecast(y, horizon, level) {
      const begin = season > 1 ? firstStates(y, season) : {level: y[1]!, trend: y[1]! - y[0]!, season: [0]};
      const from = season > 1 ? season : 2;
      const search = season > 1 ? [0.3, 0.1, 0.1] : [0.3, 0.1];
      const smoothing = ([alpha, beta, gamma = 0]: number[]): Smoothing => [alpha!, beta!, gamma];
      const best = smoothing(nelderMead((x) => run(y, from, begin, smoothing(x)).squares, search));

      const {state, squares, fitted} = run(y, from, begin, best);
      const point = Float64Array.from(
        {length: horizon},
        (_, h) => state.level + (h + 1) * state.trend + state.season[h % season]!
      );
      const sigma = Math.sqrt(squares / Math.max(1, y.length - from - search.length));
      const growing = accumulate(sigma, shockWeights(horizon, season, best));
      return {...normalInterval(point, growing, level), fitted};
    }
  });

function run(y: Float64Array, from: number, begin: State, [alpha, beta, gamma]: Smoothing) {
  const fitted = new Float64Array(y.length).fill(NaN);
  const effects = begin.season.slice();
  const m = effects.length;
  let {level, trend} = begin;
  let squares = 0;
  for (let t = from; t < y.length; t++) {
    const i = (t - from) % m;
    const effect = effects[i]!;
    fitted[t] = level + trend + effect;
    squares += (y[t]! - fitted[t]!) ** 2;
    const before = level;
    level = alpha * (y[t]! - effect) + (1 - alpha) * (level + trend);
    trend = beta * (level - before) + (1 - beta) * trend;
    effects[i] = gamma * (y[t]! - level) + (1 - gamma) * effect;
  }
  const turn = (y.length - from) % m;
  const state: State = {level, trend, season: [...effects.slice(turn), ...effects.slice(0, turn)]};
  return {state, squares, fitted};
}

/** Level and trend of a line through the centred moving average of two seasons, and the season around that average. */
function firstStates(y: Float64Array, m: number): State {
  const half = Math.floor(m / 2);
  const line: {t: number; average: number}[] = [];
  for (let t = half; t < 2 * m - half; t++) {
    let sum = 0;
    for (let i = -half; i <= half; i++) sum += (m % 2 === 0 && Math.abs(i) === half ? 0.5 : 1) * y[t + i]!;
    line.push({t, average: sum / m});
  }
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const effects = Array.from({length: m}, (_, i) =>
    mean(line.filter(({t}) => t % m === i).map(({t, average}) => y[t]! - average))
  );
  const midX = (line.length + 1) / 2;
  const midY = mean(line.map(({average}) => average));
  let xy = 0;
  let xx = 0;
  line.forEach(({average}, i) => {
    xy += (i + 1 - midX) * (average - midY);
    xx += (i + 1 - midX) ** 2;
  });
  const trend = xy / xx;
  return {level: midY - trend * midX, trend, season: effects.map((effect) => effect - mean(effects))};
}

/**
 * What a shock of 1 adds to its own value and to each of those after it. The state-space form's parameters differ from
 * the method's: there beta is alpha·beta and gamma is (1 − alpha)·gamma (fpp3, section 8.5).
 */
function shockWeights(horizon: number, season: number, [alpha, beta, gamma]: Smoothing): Float64Array {
  return Float64Array.from({length: horizon}, (_, j) =>
    j === 0 ? 1 : alpha + alpha * beta * j + (j % season === 0 ? (1 - alpha) * gamma : 0)
  );
}
