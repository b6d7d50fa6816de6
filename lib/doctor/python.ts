// Flows with Python, which a local platform runs on this machine.
import {execFile} from "node:child_process";
import {lookup} from "../../data-loaders/lookup.js";
import {warning, type Check} from "./check.js";
import {reachable} from "./project.js";

/** Types of facets that run what somebody wrote in Python: in the flow itself, or shared among flows. */
const runningPython: ReadonlySet<string> = new Set(["PYTHON", "CUSTOM_FACET"]);

export const python: Check = {
  name: "Python",
  async run(surroundings) {
    const found = await reachable(surroundings);
    if ("skipped" in found) return found;
    const {client, config} = found;
    try {
      const isOnThisMachine = /^https?:\/\/(127\.|localhost|\[::1\])/.test(client.baseUrl);
      if (!isOnThisMachine || Object.keys(config.flows).length === 0) return [];
      const find = lookup(client, surroundings.signal);
      const flows = await Promise.all(
        Object.values(config.flows).map((entry) => find.flow(entry).catch(() => undefined))
      );
      const specs = Object.values(await client.facetSpecs({signal: surroundings.signal}));
      const ofPython = new Set(
        specs
          .flatMap((groups) => Object.values(groups).flatMap((group) => Object.values(group)))
          .filter(({facetInfo}) => runningPython.has(facetInfo.facetType))
          .map(({facetInfo}) => facetInfo.facetUid)
      );
      const using = flows.find((flow) =>
        flow?.definition?.facets.some(({facetUid}) => ofPython.has(facetUid))
      );
      if (!using || (await hasPandas(surroundings.env))) return [];
      return [
        warning(
          `flow ${JSON.stringify(using.name)}`,
          "it runs Python, and there is no python3 with pandas on PATH",
          "install Python 3, then: python3 -m pip install pandas"
        )
      ];
    } finally {
      await client.close();
    }
  }
};

const hasPandas = (env: Readonly<Record<string, string | undefined>>): Promise<boolean> =>
  new Promise((resolve) => {
    execFile("python3", ["-c", "import pandas"], {env, timeout: 20_000}, (error) => resolve(error === null));
  });
