// What every operation finds on our side: two people's clients, and what it can change around them.
import type {Table} from "apache-arrow";
import {Ikigai, type IkigaiOptions} from "../../../lib/client/index.js";
import {FlowDefinition} from "../../../lib/definition/index.js";
import type {Scope} from "./scope.js";

export interface Here {
  /** The user's, and somebody else's. */
  ikigai: Ikigai;
  other: Ikigai;
  otherEmail: string;
  /** The user's again, with other options. */
  connect: (options?: Partial<IkigaiOptions>) => Ikigai;
  baseUrl: string;
  /** A folder for files of the operations' own. */
  folder: string;
  /** Puts the platform's clock so many seconds ahead until the operation ends. */
  putClockAhead: (seconds: number) => void;
  /** "METHOD /path" of what the operation has asked so far. */
  asked: () => string[];
}

/** @returns `close` ends every client that was made */
export function here(
  {base_url: baseUrl, user_email: userEmail, api_key: apiKey, other_email, other_key, folder}: Scope,
  around: Pick<Here, "putClockAhead" | "asked">
): Here & {close: () => Promise<void>} {
  const made: Ikigai[] = [];
  const connect = (options: Partial<IkigaiOptions> = {}) => {
    const client = new Ikigai({userEmail, apiKey, baseUrl, ...options});
    made.push(client);
    return client;
  };
  return {
    ikigai: connect(),
    other: connect({userEmail: other_email, apiKey: other_key}),
    otherEmail: other_email,
    connect,
    baseUrl,
    folder,
    ...around,
    close: async () => {
      await Promise.all(made.map((client) => client.close()));
    }
  };
}

/** A value of ours as the Python session shows its own: names in snake case, times in ISO 8601 with an offset. */
export function asInPython(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().replace("Z", "+00:00");
  if (Array.isArray(value)) return value.map(asInPython);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof FlowDefinition) return asInPython(value.toJSON());
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      asInPython(item)
    ])
  );
}

/** A table's rows as the Python session shows a frame's. */
export function frame(table: Table): {columns: string[]; rows: unknown[][]} {
  const columns = table.schema.fields.map(({name}) => name);
  return {
    columns,
    rows: table.toArray().map((row: Record<string, unknown>) => columns.map((name) => row[name]))
  };
}

/** Names in a list, sorted. */
export const sorted = (map: {names: () => string[]}): string[] => map.names().sort();
