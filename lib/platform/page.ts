// The page at `/`: what the platform holds, at a glance, to a user of it. Plain HTML, no script, no request to
// anywhere; names are user input, so everything is escaped.
import prettyBytes from "pretty-bytes";
import {appAccess} from "./access.js";
import {ofApp} from "./list.js";
import {versionsOf} from "./model-version.js";
import type {AppRecord, FlowRecord} from "./records.js";
import type {State} from "./state.js";

/** HTML that needs no escaping any more. */
class Html {
  constructor(readonly text: string) {}
}

const escapes: Record<string, string> = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"};

function html(strings: TemplateStringsArray, ...values: (string | number | Html | Html[])[]): Html {
  const inserted = values.map((value) => {
    if (value instanceof Html) return value.text;
    if (Array.isArray(value)) return value.map((part) => part.text).join("");
    return String(value).replaceAll(/[&<>"']/g, (character) => escapes[character]!);
  });
  return new Html(String.raw({raw: strings}, ...inserted));
}

const none = html``;

const style = `
  :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 15%, transparent); }
  body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2.5rem auto; padding: 0 1.25rem; }
  h1 { font-size: 1.35rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2.5rem 0 0; }
  p, .quiet { opacity: 0.7; margin: 0.15rem 0; overflow-wrap: anywhere; }
  table { border-collapse: collapse; width: 100%; margin-top: 1rem; table-layout: fixed; }
  caption { text-align: left; font-weight: 600; padding-bottom: 0.25rem; }
  th, td { text-align: left; padding: 0.3rem 1rem 0.3rem 0; border-top: 1px solid var(--line); vertical-align: top;
    font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
  th { font-weight: 400; font-size: 0.85rem; opacity: 0.7; border: 0; }
  th:first-child { width: 34%; }`;

/** The whole page, with the apps that a user may see. */
export function page(state: State, user: string): string {
  const apps = [...state.tables.apps.values()].filter((app) => appAccess(app, user));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Local Ikigai platform</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <h1>Local Ikigai platform</h1>
        <p>${counted(apps.length, "app")}, as of ${instant(Date.now())}. Reload to see what changed.</p>
        ${apps.map((app) => section(state, app))}
      </body>
    </html> `.text;
}

function section(state: State, app: AppRecord): Html {
  const {datasets, models, flows, directories} = state.tables;
  const where = ({directoryId}: {directoryId: string}) => {
    const name = directories.get(directoryId)?.name;
    return name === undefined ? none : html` <span class="quiet">in ${name}</span>`;
  };
  return html`<section>
    <h2>${app.name}</h2>
    <p>${app.description}</p>
    ${table(
      "Datasets",
      ["Columns", "Size", "Changed"],
      ofApp(datasets, app.id).map((one) => [
        html`${one.name}${where(one)}`,
        one.job?.status === "RUNNING"
          ? "arriving"
          : one.objectId
            ? Object.keys(one.dataTypes).length
            : "no data yet",
        bytes(one.size),
        instant(one.modifiedAt)
      ])
    )}
    ${table(
      "Models",
      ["Type", "Versions", "Changed"],
      ofApp(models, app.id).map((one) => [
        html`${one.name}${where(one)}`,
        `${one.modelType} ${one.subModelType}`,
        versionsOf(state, one.id)
          .map(({version}) => version)
          .join(", "),
        instant(one.modifiedAt)
      ])
    )}
    ${table(
      "Flows",
      ["Last run", "Ended", "Changed"],
      ofApp(flows, app.id).map((one) => [
        html`${one.name}${where(one)}`,
        ...lastRun(state, one),
        instant(one.modifiedAt)
      ])
    )}
  </section>`;
}

function lastRun(state: State, flow: FlowRecord): [string | Html, string] {
  if (flow.running) return ["running", `since ${instant(flow.running.startedAt)}`];
  const log = [...state.tables.flowLogs.values()].findLast((one) => one.flowId === flow.id);
  if (!log) return ["never", ""];
  return [html`${log.status} <span class="quiet">${log.message}</span>`, instant(log.timestamp)];
}

function table(caption: string, heads: string[], rows: (string | number | Html)[][]): Html {
  if (rows.length === 0) return none;
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <tr>
      <th scope="col">Name</th>
      ${heads.map((head) => html`<th scope="col">${head}</th>`)}
    </tr>
    ${rows.map(
      (cells) =>
        html`<tr>
          ${cells.map((cell) => html`<td>${cell}</td>`)}
        </tr> `
    )}
  </table>`;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

const instant = (time: number) => new Date(time).toISOString().slice(0, 16).replace("T", " ") + " UTC";

const bytes = (size: number) => (size === 0 ? "" : prettyBytes(size));
