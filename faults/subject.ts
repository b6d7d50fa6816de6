// What the faults are tried on: a small project with each kind of source, published from a platform of its own.
import {spawn, type ChildProcess} from "node:child_process";
import {cp, mkdir, readdir, symlink, writeFile} from "node:fs/promises";
import {join, resolve} from "node:path";
import {text} from "node:stream/consumers";
import {Ikigai} from "../lib/client/index.js";
import {startPlatform, type FaultPlan, type RunningPlatform} from "../lib/platform/index.js";
import type {Reporter} from "../lib/publishing/index.js";
import {publishAndTell} from "./built-kit.js";

const repository = resolve(import.meta.dirname, "..");
const program = join(repository, "build/lib/cli/index.js");

/** What became of a publication, as the command's exit code says it. */
export interface Outcome {
  /** 0 fresh, 3 with the last good data of something, 1 not published; null where it was killed. */
  code: number | null;
  /** What was told: its error, or what is stale and why. */
  message: string;
}

/** The datasets, by what makes their rows; each has its round in a column, so that rows of two refreshes can be told apart. */
const datasets: Record<string, (round: number) => string> = {
  Sales: (round) =>
    `day,units,round\n${Array.from({length: 400}, (_, i) => `2024-01-${String((i % 28) + 1).padStart(2, "0")},${i * round},${round}`).join("\n")}\n`,
  Stock: (round) => `place,pieces,round\nhere,${round * 2},${round}\n`,
  Places: (round) => `place,round\nhere,${round}\n`
};

/** The files that the page names and that have a column `round`. */
export const roundFiles = [
  "data/sales.parquet",
  "data/by-day.csv",
  "data/stock.arrow",
  "data/places.csv"
] as const;

/** Those of the config's group. */
export const groupFiles: readonly string[] = ["data/sales.parquet", "data/by-day.csv", "data/stock.arrow"];

const otherFiles = [
  "sales-editions.parquet",
  "demand-versions.json",
  "demand-metrics.csv",
  "catalog.json",
  "flows.json"
];

const config = {
  app: "Shop",
  datasets: {
    sales: {dataset: "Sales", keep: 3, editions: true},
    "by-day": {
      dataset: "Sales",
      sql: "SELECT day, sum(units) AS units, any_value(round) AS round FROM dataset GROUP BY ALL ORDER BY ALL"
    },
    stock: {dataset: "Stock"},
    places: {dataset: "Places"}
  },
  models: {demand: {model: "Demand"}},
  flows: {copy: {flow: "Copy", writes: ["sales"]}},
  refresh: {retries: 0, groups: {goods: ["sales", "by-day", "stock"]}}
};

export interface SubjectOptions {
  /** The project's folder, which is made. */
  root: string;
  /** The platform's folder. */
  data: string;
}

export class Subject {
  /** Of the data that the platform has; the first is 1. */
  round = 1;
  /** Lines of the platform's log since it was emptied. */
  calls: string[] = [];

  private constructor(
    readonly root: string,
    readonly platform: RunningPlatform,
    calls: string[]
  ) {
    this.calls = calls;
  }

  static async open({root, data}: SubjectOptions): Promise<Subject> {
    const calls: string[] = [];
    const platform = await startPlatform({
      data,
      seed: [
        {
          name: "Shop",
          description: "",
          datasets: Object.entries(datasets).map(([name, csv]) => ({name, csv: csv(1)})),
          models: [
            {
              name: "Demand",
              modelType: "Ai Cast",
              subModelType: "Base",
              description: "",
              versions: [
                {
                  version: "naive",
                  hyperparameters: {method: "naive"},
                  metrics: {performance: {mape: {average_test: 0.25}}},
                  createdAt: new Date("2024-01-01")
                }
              ]
            }
          ],
          flows: [
            {
              name: "Copy",
              definition: {facets: [], arrows: [], arguments: {}, variables: {}, model_variables: {}}
            }
          ]
        }
      ],
      faults: {},
      log: (line) => void calls.push(line)
    });
    const subject = new Subject(root, platform, calls);
    try {
      await subject.#makeProject();
      return subject;
    } catch (error) {
      await platform.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.platform.close();
  }

  /** The folder that the site is served from; its parent can be made read-only. */
  get site(): string {
    return join(this.root, "public", "dist");
  }

  get cache(): string {
    return join(this.root, "src", ".observablehq", "cache");
  }

  get env(): Record<string, string> {
    const {baseUrl, userEmail, apiKey} = this.platform;
    return {IKIGAI_BASE_URL: baseUrl, IKIGAI_USER_EMAIL: userEmail, IKIGAI_API_KEY: apiKey};
  }

  async #makeProject(): Promise<void> {
    const {root} = this;
    const write = async (path: string, content: string) => {
      await mkdir(join(root, path, ".."), {recursive: true});
      await writeFile(join(root, path), content);
    };
    await write("package.json", `{"name": "faults", "type": "module"}`);
    await this.configure();
    await write(
      "observablehq.config.ts",
      `import {hermeticConfig} from "ikigai-kit/hermetic";\n` +
        `export default {...hermeticConfig, title: "Faults", root: "src", output: "public/dist"};\n`
    );
    await cp(join(repository, "src", "data"), join(root, "src", "data"), {
      recursive: true,
      filter: (path) => !path.includes(".observablehq")
    });
    const names = [...roundFiles, ...otherFiles.map((name) => `data/${name}`)];
    const lines = names.map((name) => `FileAttachment(${JSON.stringify(name)});`);
    await write("src/index.md", `# Faults\n\n\`\`\`js\n${lines.join("\n")}\n\`\`\`\n`);
    await mkdir(join(root, "public"));
    await mkdir(join(root, "node_modules"));
    for (const name of await readdir(join(repository, "node_modules")))
      await symlink(join(repository, "node_modules", name), join(root, "node_modules", name));
    await symlink(repository, join(root, "node_modules", "ikigai-kit"));
  }

  /** Writes the config, with other keys at its top. */
  configure(rest: object = {}): Promise<void> {
    return this.writeConfig(`export default ${JSON.stringify({...config, ...rest})};\n`);
  }

  writeConfig(text: string): Promise<void> {
    return writeFile(join(this.root, "ikigai.config.ts"), text);
  }

  /** Gives every dataset on the platform, or only those named, the rows of the next round. */
  async change(names = Object.keys(datasets)): Promise<void> {
    ++this.round;
    await Promise.all(names.map((name) => this.put(name, datasets[name]!(this.round))));
  }

  async put(name: string, csv: string): Promise<void> {
    await (await this.dataset(name)).editData({csv});
  }

  async dataset(name: string) {
    return (await this.app()).datasets.get(name);
  }

  /** A dataset that was deleted comes back. */
  async restore(name: string): Promise<void> {
    await (await this.app()).dataset.new(name).csv(datasets[name]!(this.round)).build();
  }

  app() {
    return new Ikigai(this.platform).apps.get("Shop");
  }

  /** Sets what goes wrong on the platform; nothing if left out. */
  async faults(...rules: NonNullable<FaultPlan["rules"]>): Promise<void> {
    const {baseUrl, userEmail: user, apiKey} = this.platform;
    const answer = await fetch(`${baseUrl}/_local/faults`, {
      method: "POST",
      headers: {"content-type": "application/json", user, "api-key": apiKey},
      body: JSON.stringify({rules})
    });
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** Publishes in this process, with short limits for calls to the platform. */
  async publish(): Promise<Outcome> {
    const reporter: Reporter = {
      begin: () => ({progress: () => {}, done: () => {}, fail: () => {}}),
      ...{warn: () => {}, output: () => {}, wait: () => {}}
    };
    try {
      const {refreshed} = await publishAndTell({
        root: this.root,
        env: this.env,
        calls: {timeout: 1_000, retry: 1},
        reporter,
        draw: () => Promise.resolve([])
      });
      const {stale} = refreshed;
      return {
        code: stale.length > 0 ? 3 : 0,
        message: stale.map(({file, message}) => `${file}: ${message}`).join("\n")
      };
    } catch (error) {
      return {code: 1, message: messages(error)};
    }
  }

  /** Runs the command in a process of its own. */
  async command(args: string[], {node = [], env = {}}: CommandOptions = {}): Promise<Outcome> {
    const {child, message} = this.start(args, {node, env});
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return {code, message: await message};
  }

  start(
    args: string[],
    {node = [], env = {}}: CommandOptions = {}
  ): {child: ChildProcess; message: Promise<string>} {
    const child = spawn(process.execPath, [...node, program, ...args], {
      cwd: this.root,
      env: {...process.env, ...this.env, ...env}, // the same as in publish(): the project's key has some of it
      detached: true,
      stdio: ["ignore", "ignore", "pipe"]
    });
    return {child, message: text(child.stderr).catch(() => "")};
  }
}

export interface CommandOptions {
  /** Node's own arguments. */
  node?: string[];
  env?: Record<string, string>;
}

/** An error's message and those of its causes. */
function messages(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}\n${messages(error.cause)}` : error.message;
}
