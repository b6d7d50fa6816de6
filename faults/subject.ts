// What the faults are tried on: the small project, published from a platform of its own.
import {spawn, type ChildProcess} from "node:child_process";
import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {text} from "node:stream/consumers";
import {Ikigai} from "../lib/client/index.js";
import {startPlatform, type FaultPlan, type RunningPlatform} from "../lib/platform/index.js";
import type {Reporter} from "../lib/publishing/index.js";
import {publishAndTell} from "./built-kit.js";
import {cacheOf, configText, datasets, makeProject, program, seedApps, siteOf} from "./project.js";

/** The outcome of a publication, by the command's exit code. */
export interface Outcome {
  /** 0 fresh, 3 with the last good data of something, 1 not published; null where it was killed. */
  code: number | null;
  /** What was told: its error, or what is stale and why. */
  message: string;
}

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
      seed: seedApps(),
      faults: {},
      log: (line) => void calls.push(line)
    });
    const subject = new Subject(root, platform, calls);
    try {
      await makeProject(root);
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
    return siteOf(this.root);
  }

  get cache(): string {
    return cacheOf(this.root);
  }

  get env(): Record<string, string> {
    const {baseUrl, userEmail, apiKey} = this.platform;
    return {IKIGAI_BASE_URL: baseUrl, IKIGAI_USER_EMAIL: userEmail, IKIGAI_API_KEY: apiKey};
  }

  /** Writes the config, with other keys at its top. */
  configure(rest: object = {}): Promise<void> {
    return this.writeConfig(configText(rest));
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
