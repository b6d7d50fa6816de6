// Lists of components: those of an app, of a directory, of a name; cut short with a warning when they are long.
import type {z} from "zod";
import {notFound, rejected} from "./error.js";
import {flag, id} from "./field.js";
import type {Component} from "./records.js";

const limit = 1000;

/** The query of every list: everything, or what lies in one directory ("" is the root). */
export const listing = {fetch_all: flag.optional(), directory_id: id.optional()};

type Listing = z.output<z.ZodObject<typeof listing>>;

export const lies =
  ({fetch_all, directory_id}: Listing) =>
  (record: {directoryId: string}) =>
    (fetch_all ?? directory_id === undefined) || record.directoryId === (directory_id ?? "");

export const ofApp = <Record extends Component>(table: Map<string, Record>, appId: string) =>
  [...table.values()].filter((record) => record.appId === appId);

/** Cuts a list, and says so in the words that its answer carries. */
export function cut<Item>(items: Item[], kind: string): {items: Item[]; limit_warning: string} {
  if (items.length <= limit) return {items, limit_warning: ""};
  return {
    items: items.slice(0, limit),
    limit_warning: `Only the first ${limit} of ${items.length} ${kind} are listed; search, or get one by its name.`
  };
}

/** Whether a name holds what is searched for, without regard to case. */
export const matches = (query: string) => {
  const wanted = query.toLowerCase();
  return (record: {name: string}) => record.name.toLowerCase().includes(wanted);
};

/** The one record of that name. `kind` begins a sentence: "Dataset". */
export function named<Record extends {name: string}>(records: Record[], name: string, kind: string): Record {
  const [found, other] = records.filter((record) => record.name === name);
  if (!found) throw notFound(kind);
  if (other) throw rejected(`${kind} name is ambiguous: more than one has it. Get it by its id.`);
  return found;
}
