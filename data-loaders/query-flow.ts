// The flow that runs an entry's `sql` on the platform: its name, its definition, and the mark by which the kit knows it again.
import {createHash} from "node:crypto";
import {isDeepStrictEqual} from "node:util";
import type {FlowDefinition as SavedDefinition} from "../lib/client/index.js";
import {FlowBuilder, type FacetTypes, type FlowDefinition} from "../lib/definition/index.js";
import {columnNames} from "../lib/tabular/column-names.js";
import {identifier} from "../lib/tabular/quote.js";

/** What a query is made of. */
export interface Query {
  /** Its flow's name, and that of the dataset with its result. */
  name: string;
  sql: string;
  source: {
    datasetId: string;
    dataTypes: Record<string, {dataType: string}>;
    size: number;
    modifiedAt: Date;
  };
}

/**
 * What the flow says of itself, in the name of a facet. So the next process that looks at it, on any machine, knows that the kit made it
 * and what its last result is of.
 */
export interface Mark {
  /** The fingerprint of what it was last run for: see `fingerprint`. */
  input: string;
  /** The newest entry of its log before that run, null when there was none. */
  after: string | null;
  /** The dataset that an earlier run made, null before the first. */
  result: string | null;
}

/** Goes up when `queryDefinition` makes another flow of the same query, so that flows made before are updated. */
const template = 1;

/** A name that only this entry of this project has, so that people who see it on the platform know whose it is. */
export function queryName(key: string, ...project: string[]): string {
  return `ikigai-kit: ${key} (${hash(project).slice(0, 10)})`;
}

/** Changes whenever the query's result may: with its sql, its dataset, that dataset's content, and how the kit runs it. */
export function fingerprint({sql, source: {datasetId, size, modifiedAt}}: Pick<Query, "sql" | "source">) {
  return hash([template, sql, datasetId, size, modifiedAt.getTime()]).slice(0, 32);
}

/**
 * The definition: the dataset, its sql, and the dataset with the result. The sql sees a TIME column as a TIMESTAMP, as it does here,
 * though an import may give it days as dates.
 */
export function queryDefinition(
  {name, sql, source}: Query,
  facetTypes: FacetTypes,
  mark: Mark
): FlowDefinition {
  const builder = new FlowBuilder();
  const sqlAfter = (after: ReturnType<typeof builder.facet>, facetName: string, query: string) => {
    const facetType = facetTypes.MID.FREE_FORM_SQL;
    const hasTableName = Object.hasOwn(facetType.inArrowArguments, "table_name");
    return builder
      .facet({facetType, name: facetName, arguments: {query}})
      .addArrow(after, hasTableName ? {table_name: "dataset"} : {});
  };
  let table = builder.facet({
    facetType: facetTypes.INPUT.IMPORTED,
    name: "source",
    arguments: {dataset_id: source.datasetId, file_type: "csv", header: true, use_raw_file: false}
  });
  const times = columnNames(Object.keys(source.dataTypes))
    .filter(({onPlatform}) => source.dataTypes[onPlatform]?.dataType === "TIME")
    .map((column) => identifier(column.name));
  if (times.length) {
    const replaced = times.map((time) => `${time}::TIMESTAMP AS ${time}`);
    table = sqlAfter(table, "times", `SELECT * REPLACE (${replaced.join(", ")}) FROM dataset`);
  }
  return sqlAfter(table, "sql", sql)
    .facet({
      facetType: facetTypes.OUTPUT.EXPORTED,
      name: `${markName}?${new URLSearchParams({input: mark.input, after: mark.after ?? "", result: mark.result ?? ""})}`,
      arguments: {dataset_name: name, file_type: "csv", header: true}
    })
    .build();
}

const markName = "ikigai-kit";

/** The mark in a flow's definition; undefined for a flow that the kit hasn't made. */
export function markOf(definition: SavedDefinition | undefined): Mark | undefined {
  const names = definition?.facets.map(({name = ""}) => name) ?? [];
  const [found] = names.filter((name) => name.startsWith(`${markName}?`));
  if (found === undefined) return undefined;
  const fields = new URLSearchParams(found.slice(markName.length + 1));
  const field = (name: string) => fields.get(name) || null;
  return {input: field("input") ?? "", after: field("after"), result: field("result")};
}

/**
 * Whether a saved definition does what another says. The platform may have added arguments of its own; what was changed or added
 * by hand makes it another.
 */
export function isSameFlow(saved: SavedDefinition | undefined, wanted: FlowDefinition): boolean {
  const places = (definition: SavedDefinition) => {
    const numbers = new Map(definition.facets.map(({facetId}, i) => [facetId, i]));
    return definition.arrows.map(
      ({source, destination}) => `${numbers.get(source)} > ${numbers.get(destination)}`
    );
  };
  if (saved?.facets.length !== wanted.facets.length) return false;
  return (
    isDeepStrictEqual(places(saved).sort(), places(wanted).sort()) &&
    wanted.facets.every(({facetUid, arguments: args}, i) => {
      const facet = saved.facets[i]!;
      return (
        facet.facetUid === facetUid &&
        Object.entries(args).every(([name, value]) => isDeepStrictEqual(facet.arguments[name], value))
      );
    })
  );
}

const hash = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");
