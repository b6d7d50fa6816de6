// `ikigai-kit run`: one run of a flow that the config names, watched to its end.
import {lookup} from "../../data-loaders/lookup.js";
import {Ikigai, progressBar} from "../client/index.js";
import {credentials, loadConfig, type CheckedConfig, type CheckedFlow} from "../config/index.js";
import {matchesPattern} from "../config/pattern.js";
import {checkVariables, type Variable, type VariableValues} from "../gateway-api/index.js";
import {byName, nearestName} from "../names/index.js";
import {environment} from "./local.js";
import {useLocal} from "./shared-local.js";

export interface RunOptions {
  /** The flow's key in the config. */
  key: string;
  /** Variables, each as `name=value`. */
  set: string[];
  local?: boolean;
  data: string;
  signal: AbortSignal;
}

/** Runs the flow and waits for its end. Throws when it fails; when `signal` aborts the run goes on, which is told. */
export async function run({key, set, local, data, signal}: RunOptions): Promise<void> {
  const root = process.cwd();
  const entry = flowOf(await loadConfig(root), key);
  const variables = variablesOf(key, entry.variables, set);
  const platform = local ? await useLocal({data, signal}) : undefined;
  let isSent = false;
  try {
    const env = platform && environment(platform);
    const client = new Ikigai(await credentials(root, {...process.env, ...env}));
    const flow = await lookup(client, signal).flow(entry);
    isSent = true;
    await flow.run(variables, {signal, onProgress: progressBar(entry.label ?? flow.name)});
  } catch (error) {
    if (signal.aborted && isSent)
      process.stderr.write(platform && !platform.isOthers() ? endedWithPlatform : goesOn);
    throw error;
  } finally {
    await platform?.close();
  }
}

const goesOn = "The run continues on the platform. This command no longer follows it.\n";
const endedWithPlatform = "The local platform has ended, and the run with it.\n";

/** The config's flow of that key. */
function flowOf({flows}: CheckedConfig, key: string): CheckedFlow {
  if (Object.hasOwn(flows, key)) return flows[key]!;
  const keys = Object.keys(flows);
  const meant = nearestName(key, keys);
  const fix = meant
    ? `did you mean "${meant}"?`
    : keys.length > 0
      ? `it has ${keys.sort(byName).join(", ")}`
      : 'it has none. Add one: flows: {reforecast: {flow: "Re-forecast"}}';
  throw new Error(`ikigai.config.ts has no flow "${key}"; ${fix}`);
}

/** The variables' values, checked. Throws with a line for each fault. */
function variablesOf(key: string, variables: Record<string, Variable>, set: string[]): VariableValues {
  const given = new Map<string, unknown>();
  for (const text of set) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new Error(
        `--set ${text}: write a variable's name and value as name=value, such as --set horizon=12`
      );
    if (given.has(name)) throw new Error(`--set ${name}: is given twice`);
    given.set(name, Object.hasOwn(variables, name) ? valueOf(variables[name]!, value) : value);
  }
  const {values, faults} = checkVariables(variables, Object.fromEntries(given), matchesPattern);
  if (values) return values;
  const lines = Object.entries(faults).map(([name, fault]) => {
    // Its value isn't what is wrong with a variable that doesn't exist.
    const shown =
      given.has(name) && Object.hasOwn(variables, name) ? ` (it is ${JSON.stringify(given.get(name))})` : "";
    return `\n  ${name}: ${fault}${shown}`;
  });
  throw new Error(`flow "${key}" can't be run with these variables:${lines.join("")}`);
}

/** Text as a value of the variable's type; as it is where it is none, for the check to say so. */
function valueOf({type}: Variable, text: string): unknown {
  if ((type === "integer" || type === "number") && text.trim() !== "") {
    const number = Number(text);
    return Number.isNaN(number) ? text : number;
  }
  if (type === "boolean" && /^(true|false)$/.test(text)) return text === "true";
  return text;
}
