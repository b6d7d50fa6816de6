// What pages say of each of the site's models, by its name in ikigai.config.ts.
import type {MeasureName} from "npm:ikigai-kit/metrics";

export interface ModelFacts {
  /** As it is called in Ikigai, and the app that it is in. */
  name: string;
  app: string;
  /** What the file of its errors measures. */
  measure: MeasureName;
  /** What it forecasts several of, and in which steps. */
  series: string;
  steps: string;
  /** How its series are called on pages, where that differs. */
  labels?: Record<string, string>;
  /** The unit of all series, if they have one. */
  unit?: string;
  /** What pages say of the sums over all series, and of those that count nothing twice. */
  pooled: string;
  parts: string;
  /** What pages say of the first and last times where these were forecast from other horizons than those between. */
  ends?: string;
}

export const models: Record<string, ModelFacts> = {
  "employment-model": {
    name: "Employment aiCast",
    app: "US employment",
    measure: "wape",
    series: "Sector",
    steps: "months",
    unit: "thousand jobs",
    pooled: "pooled over all sectors, some of which contain others",
    parts: "over the sectors that contain no others",
    ends: "The first months were forecast from few months ahead only, the last from many"
  },
  "weather-model": {
    name: "Temperature aiCast",
    app: "Seattle weather",
    measure: "mae",
    series: "Measure",
    steps: "days",
    labels: {
      temp_max: "Highest temperature (°C)",
      temp_min: "Lowest temperature (°C)",
      wind: "Wind speed (m/s)",
      precipitation: "Precipitation (mm)"
    },
    pooled: "pooled over the two temperatures",
    parts: "over the two temperatures"
  }
};

/** What stands in a column `series`, as pages call it; null, if there is none to choose. */
export const seriesName = ({labels}: ModelFacts, series: string | null) =>
  series === null ? "no series" : (labels?.[series] ?? series);
