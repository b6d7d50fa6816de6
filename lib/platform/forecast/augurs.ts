// Runs the models of augurs, whose WebAssembly has to be read from the disk and whose errors are plain strings.
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {type Forecast, UnfitSeriesError} from "./method.js";

const resolve = createRequire(import.meta.url).resolve;
const ready = new Set<string>();

/** Instantiates one of augurs' modules at its first use. Synchronous: it is 0.5 MB from the disk, and 20 ms. */
export function open(module: "ets" | "mstl", initSync: (options: {module: BufferSource}) => unknown): void {
  if (ready.has(module)) return;
  const folder = dirname(resolve(`@bsull/augurs/${module}`));
  initSync({module: readFileSync(join(folder, `${module}_bg.wasm`))});
  ready.add(module);
}

interface Prediction {
  point: number[];
  intervals: {lower: number[]; upper: number[]} | undefined;
}

interface Model {
  fit(y: Float64Array): void;
  predict(horizon: number, level: number): Prediction;
  predictInSample?(): Prediction;
  free(): void;
}

/** Fits a model, asks it and frees it; `name` is for the error. */
export function ask(name: string, model: Model, y: Float64Array, horizon: number, level: number): Forecast {
  try {
    model.fit(y);
    const {point, intervals} = model.predict(horizon, level);
    const fitted = model.predictInSample?.().point;
    // An interval that isn't there is NaN, which no method may answer.
    const missing = point.map(() => NaN);
    return {
      point: Float64Array.from(point),
      lower: Float64Array.from(intervals?.lower ?? missing),
      upper: Float64Array.from(intervals?.upper ?? missing),
      ...(fitted && {fitted: Float64Array.from(fitted)})
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UnfitSeriesError(
      `${name} can't be fitted to this series (${reason}): rescale its values or use another method`,
      {cause}
    );
  } finally {
    model.free();
  }
}
