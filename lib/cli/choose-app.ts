// Which app `init` takes.
import {select} from "@clack/prompts";
import type {NamedMap} from "../client/index.js";
import {byName} from "../names/index.js";
import {plainText} from "../start/index.js";
import {answered, type Terminal} from "./prompts.js";

/** By name or id; else the only one; else the one that is chosen. Throws an Error with the names where none can be chosen. */
export async function chooseApp<App extends {name: string; owner?: string}>(
  apps: NamedMap<App>,
  wanted: string | undefined,
  terminal?: Terminal
): Promise<App> {
  const all = [...apps.entries()].sort(([, a], [, b]) => byName(a.name, b.name));
  if (wanted !== undefined) return [...apps.ids()].includes(wanted) ? apps.byId(wanted) : apps.get(wanted);
  const [[, first] = []] = all;
  if (!first) throw new Error("this account has no app yet. Make one in Ikigai, or try --local");
  if (all.length === 1) return first;
  if (terminal) {
    const options = all.map(([value, {name, owner = ""}]) => ({
      value,
      label: plainText(name),
      hint: plainText(owner)
    }));
    return apps.byId(answered(await select({...terminal, message: "Which app?", options, maxItems: 12})));
  }
  const names = all.slice(0, 10).map(([, {name}]) => JSON.stringify(plainText(name)));
  throw new Error(
    `say which app to use, such as --app ${names[0]!}: there are ${names.join(", ")}${all.length > 10 ? ` and ${all.length - 10} more` : ""}`
  );
}
