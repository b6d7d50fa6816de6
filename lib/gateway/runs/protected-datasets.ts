// The datasets that flows built in pages may not write: those that the config names, itself or by its flows.
import {NotFoundError, type App} from "../../client/index.js";
import type {CheckedConfig, CheckedDefinitions} from "../../config/index.js";
import type {VariableValues} from "../../gateway-api/index.js";
import {Refused} from "../refused.js";
import type {Flows} from "./flows.js";
import type {SavedFlowRecord} from "./records.js";
import {TimedCache} from "./timed-cache.js";
import {folded, namedDatasets, type WrittenDatasets} from "./written-datasets.js";

/** Milliseconds for which the definitions of configured flows are taken as known. */
const lifetime = 30_000;
/** How the names of results begin that the kit writes for `engine: "platform"`. */
const ownResults = "ikigai-kit:";

export class ProtectedDatasets {
  /** Names and ids, folded, by the id of their app. */
  readonly #known = new TimedCache<Set<string>>(lifetime);

  constructor(
    private readonly config: CheckedConfig,
    private readonly flows: Flows
  ) {}

  /** Throws `Refused` for a definition that would write one of them. */
  async checkDefinition(
    app: App,
    {overwrite}: CheckedDefinitions,
    {datasets}: WrittenDatasets
  ): Promise<void> {
    const named = (await this.#of(app, overwrite, datasets))[0];
    if (named !== undefined) throw new Refused("definition", sentence(named));
  }

  /** Throws `Refused` for a run of a saved flow that would write one of them, as the config and its flows are now. */
  async checkRun(
    app: App,
    {overwrite}: CheckedDefinitions,
    {writes}: SavedFlowRecord,
    values: VariableValues
  ): Promise<void> {
    if (!writes) {
      throw new Refused(
        "definition",
        "An older gateway saved this flow without a note of what it writes: save it again, under another name."
      );
    }
    const given = writes.variables.filter((variable) => values[variable] !== undefined);
    const named = await this.#of(app, overwrite, [
      ...given.map((variable) => String(values[variable])),
      ...writes.datasets
    ]);
    if (named.length === 0) return;
    const faults = given.filter((variable) => named.includes(String(values[variable])));
    if (faults.length === 0) throw new Refused("definition", sentence(named[0]!));
    throw new Refused(
      "variables",
      "Some values don't fit.",
      Object.fromEntries(faults.map((variable) => [variable, sentence(String(values[variable]))]))
    );
  }

  /** Those of the datasets that are protected. */
  async #of(app: App, overwrite: string[], datasets: string[]): Promise<string[]> {
    const wanted = datasets.filter((dataset) => !overwrite.includes(dataset));
    if (wanted.length === 0) return [];
    const known = await this.#known.get(app.appId, () => this.#named(app));
    return wanted.filter((dataset) => known.has(folded(dataset)) || folded(dataset).startsWith(ownResults));
  }

  async #named(app: App): Promise<Set<string>> {
    const isHere = (entry: {app: string}) => [app.name, app.appId].includes(entry.app);
    const named = Object.values(this.config.datasets)
      .filter(isHere)
      .map(({dataset}) => dataset);
    for (const [key, entry] of Object.entries(this.config.flows)) {
      if (isHere(entry)) named.push(...(await this.#namedByFlow(key)));
    }
    // The config and facets may name a dataset by its id, and is written by its name.
    const ids = new Set(named);
    const datasets = [...(await app.datasets.list())].filter(({datasetId}) => ids.has(datasetId));
    return new Set([...named, ...datasets.map(({name}) => name)].map(folded));
  }

  async #namedByFlow(key: string): Promise<string[]> {
    const known = this.flows.get(key);
    const definition = await this.flows.definition(known).catch((error: unknown) => {
      if (error instanceof NotFoundError) return undefined; // the platform has no such flow, so it writes nothing
      throw error;
    });
    if (!definition) return [];
    const {datasets, variables} = namedDatasets(definition);
    const values = variables.flatMap((name) => {
      const variable = known.variables[name];
      return variable?.type === "choice" ? variable.options : [variable?.default];
    });
    return [...datasets, ...values.filter((value) => typeof value === "string")];
  }
}

const sentence = (dataset: string) =>
  `It would write the dataset ${JSON.stringify(dataset)}, which belongs to ikigai.config.ts or one of its flows: ` +
  "write to another name, or have this one listed in allowDefinitions.overwrite there.";
