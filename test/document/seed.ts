// What the page's samples name on the platform.
import type {SeedApp} from "../../lib/platform/index.js";
import {documentedApps} from "../conformance/apps.js";

/** More models than the platform lists at a time. */
const archive: SeedApp = {
  name: "Archive",
  description: "",
  datasets: [],
  models: Array.from({length: 1200}, (_, i) => ({
    name: `model ${i + 1}`,
    modelType: "Linear",
    subModelType: "Lasso",
    description: "",
    versions: []
  }))
};

export const seed = [...documentedApps, archive];
