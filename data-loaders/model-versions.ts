// A model's versions as tidy tables: what there is, what each measured, and what each was trained with.
import type {Model, ModelVersion} from "../lib/client/index.js";
import type {ModelTable} from "../lib/config/index.js";
import {leaves} from "./flatten.js";
import type {Row} from "../lib/tabular/json-rows.js";

/** The columns that every table begins with. */
const versionColumns = {
  model: "VARCHAR",
  version: "VARCHAR",
  version_id: "VARCHAR",
  created_at: "TIMESTAMP"
};

/**
 * The columns of each table, oldest version first.
 * - versions: one row a version.
 * - metrics: one row a version and metric. `metric` is its path, such as `performance.mean_absolute_error.average_test`; `value` its
 *   number, or null where it has none and `text` says what stands there, as JSON unless it is a string.
 * - hyperparameters: one row a version and hyperparameter. `value` is what it was set to, as JSON unless it is a string, so that
 *   two versions can be compared whatever its type; `number` the same as a number, where it is one.
 */
export const modelColumns: Record<ModelTable, Record<string, string>> = {
  versions: {...versionColumns, modified_at: "TIMESTAMP"},
  metrics: {...versionColumns, metric: "VARCHAR", value: "DOUBLE", text: "VARCHAR"},
  hyperparameters: {...versionColumns, hyperparameter: "VARCHAR", value: "VARCHAR", number: "DOUBLE"}
};

/** The rows of one of a model's tables. */
export function modelRows(table: ModelTable, model: Model, versions: Iterable<ModelVersion>): Row[] {
  const oldestFirst = [...versions].sort(
    (a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.versionId < b.versionId ? -1 : 1)
  );
  return oldestFirst.flatMap((version): Row[] => {
    const row = {
      model: model.name,
      version: version.version,
      version_id: version.versionId,
      created_at: version.createdAt.toISOString()
    };
    switch (table) {
      case "versions":
        return [{...row, modified_at: version.modifiedAt.toISOString()}];
      case "metrics":
        return leaves(version.metrics, true).map(([metric, value]) => {
          const number = numeric(value);
          return {...row, metric, value: number, text: number === null ? asText(value) : null};
        });
      case "hyperparameters":
        return leaves(version.hyperparameters, false).map(([hyperparameter, value]) => ({
          ...row,
          hyperparameter,
          value: asText(value),
          number: numeric(value)
        }));
    }
  });
}

/** Models write some numbers as text. */
function numeric(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)))
    return Number(value);
  return null;
}

const asText = (value: unknown) =>
  value == null || typeof value === "string" ? (value ?? null) : JSON.stringify(value);
