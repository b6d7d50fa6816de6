// The cells of a page while they run: which have ended, which have failed, and how an error names one.
import {AsyncLocalStorage} from "node:async_hooks";
import type {Activity} from "./activity.js";

/** What Framework's pages pass to `define`. */
export interface Cell {
  id: string;
  mode?: string;
  inputs?: string[];
  outputs?: string[];
  body: (...inputs: unknown[]) => unknown;
}

type State = "waiting" | "running" | "done" | {error: unknown};

export class Cells {
  readonly #states = new Map<string, {cell: Cell; state: State}>();
  readonly #current = new AsyncLocalStorage<string>();

  constructor(
    private readonly activity: Activity,
    private readonly onStart: (name: string) => void
  ) {}

  /** The same cell, watched. */
  watched(cell: Cell): Cell {
    const entry = {cell, state: "waiting" as State};
    this.#states.set(cell.id, entry);
    return {
      ...cell,
      body: (...inputs) => {
        entry.state = "running";
        this.onStart(nameOf(cell));
        return this.#current.run(cell.id, () => {
          const done = () => void (entry.state = "done");
          const failed = (error: unknown) => void (entry.state = {error});
          try {
            const result = cell.body(...inputs);
            const watch = (value: unknown) =>
              Promise.all([value, ...promisesIn(value)].filter(isPromise)).then((values) =>
                values.flatMap(promisesIn)
              );
            void this.activity.during(
              watch(result)
                .then((inner) => Promise.all(inner))
                .then(done, failed)
            );
            return result;
          } catch (error) {
            failed(error);
            throw error;
          }
        });
      }
    };
  }

  /** The id of the cell whose code runs now, or whose code has led to this. */
  current(): string | undefined {
    return this.#current.getStore();
  }

  /** Notes a failure outside the bodies of cells, such as of a chart that is drawn when its width is known. */
  fail(id: string | undefined, error: unknown): void {
    const entry = id === undefined ? undefined : this.#states.get(id);
    if (entry) entry.state = {error};
  }

  /** The cells that failed, by their names in errors. */
  failed(): {id: string; name: string; error: unknown}[] {
    return Array.from(this.#states, ([id, {cell, state}]) =>
      typeof state === "object" ? [{id, name: nameOf(cell), error: state.error}] : []
    ).flat();
  }

  /** The names of the cells that have begun and not ended, or else of those that wait for an input. */
  unfinished(): string[] {
    const of = (wanted: State) =>
      Array.from(this.#states.values())
        .filter(({state}) => state === wanted)
        .map(({cell}) => nameOf(cell));
    const running = of("running");
    return running.length > 0 ? running : of("waiting");
  }
}

/** A cell as its author knows it: what it defines, or its first line of code. */
function nameOf({outputs = [], body, mode}: Pick<Cell, "outputs" | "body" | "mode">): string {
  if (outputs.length > 0) return `the cell that defines ${outputs.slice(0, 4).join(", ")}`;
  const code = String(body)
    .replace(/^[^]*?=>\s*\{\s*/, "")
    .replace(/^display\(await\(\s*/, "");
  const line = code.split("\n", 1)[0]!.trim();
  const short = line.length > 70 ? `${line.slice(0, 69)}…` : line;
  return mode === "inline" ? `the expression \${${short.replace(/\)?;?$/, ")")}}` : `the cell "${short}"`;
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | null | undefined)?.then === "function";

/** A cell's outputs are often promises, which its body doesn't wait for. */
const promisesIn = (value: unknown): PromiseLike<unknown>[] =>
  value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype
    ? Object.values(value).filter(isPromise)
    : [];
