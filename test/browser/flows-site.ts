// The demo behind its gateway, as `ikigai-kit serve` runs it, with a flow that goes on as long as a test wants and one that fails.
import {readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect} from "vitest";
import {Ikigai} from "../../lib/client/index.js";
import {runFlow} from "../../lib/platform/engine/index.js";
import {startPlatform, type RunFlow} from "../../lib/platform/index.js";
import {demoApps} from "../../lib/platform/seed/index.js";
import {start, type Command} from "../cli/command.js";
import {demoProject, remove, temporaryFolder} from "../cli/project.js";

/** A facet's name that would do harm if it were read as HTML or as a graph's own language. */
export const hostileName = `"><img src=x onerror="document.title='harmed'"> \\N {a|b}`;

/** The facet by which a flow is known that a test lets go on. */
const patientName = "patient";

export interface FlowsSite {
  /** The run of the patient flow that is under way. */
  patient: Patience;
  /** Where the gateway answers, without a trailing slash. */
  url: string;
  /** The folder of the built site. */
  folder: string;
  /** Ends the gateway at once, as a crash would. */
  crash: () => Promise<void>;
  /** Starts it again, at the same address. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
}

export async function startFlowsSite(): Promise<FlowsSite> {
  const [{root}, data] = await Promise.all([demoProject(), temporaryFolder()]);
  const patient = new Patience();
  const platform = await startPlatform({data, seed: () => demoApps(), runFlow: patient.run});
  const {baseUrl, userEmail, apiKey} = platform;
  const env = {IKIGAI_BASE_URL: baseUrl, IKIGAI_USER_EMAIL: userEmail, IKIGAI_API_KEY: apiKey};
  const commands: Command[] = [];
  const close = async () => {
    for (const command of commands) {
      command.kill();
      await command.ended;
    }
    await platform.close();
    await remove(root);
    await remove(data);
  };
  const serve = async (port: string): Promise<string> => {
    const command = start(["serve", "--port", port], {cwd: root, env});
    commands.push(command);
    return (await command.says(/The dashboard: +(http:\S+)/))[1]!;
  };
  try {
    await addFlows(new Ikigai(platform), root);
    const build = start(["build"], {cwd: root, env});
    commands.push(build);
    if ((await build.ended) !== 0) throw new Error(build.stderr);
    const url = await serve("0");
    const {port} = new URL(url);
    return {
      patient,
      url,
      folder: join(root, "dist"),
      async crash() {
        const command = commands.at(-1)!;
        command.kill();
        await command.ended;
      },
      async restart() {
        await serve(port);
      },
      close
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Runs flows as the platform does, but those with the patient facet go only as far as they are told. */
class Patience {
  #progress: ((fraction: number) => void) | undefined;
  #finish: (() => void) | undefined;

  readonly run: RunFlow = async (run) => {
    if (!JSON.stringify(run.definition).includes(`"${patientName}"`)) return runFlow(run);
    run.signal.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      run.signal.addEventListener("abort", () => reject(run.signal.reason as Error));
      this.#finish = resolve;
      this.#progress = (fraction) =>
        run.onProgress({facetId: "1", title: patientName, step: 2, steps: 3, fraction});
    }).finally(() => (this.#finish = this.#progress = undefined));
    return runFlow(run);
  };

  /** How far the run is from now on, from 0 to 1. */
  async progress(fraction: number): Promise<void> {
    await expect.poll(() => this.#progress !== undefined).toBe(true);
    this.#progress!(fraction);
  }

  /** Lets the run come to its end. */
  finish(): void {
    this.#finish?.();
  }
}

async function addFlows(client: Ikigai, root: string): Promise<void> {
  const app = await client.apps.get("US employment");
  const history = await app.datasets.get("Employment history");
  const {INPUT, MID, OUTPUT} = await client.facetTypes();
  const add = (name: string, query: string, facetName: string) =>
    app.flow
      .new(name)
      .definition(
        client.builder
          .facet({facetType: INPUT.IMPORTED})
          .arguments({datasetId: history.datasetId, fileType: "csv", header: true, useRawFile: false})
          .facet({facetType: MID.FREE_FORM_SQL, name: facetName, arguments: {query}})
          .facet({facetType: OUTPUT.EXPORTED})
          .arguments({datasetName: name, fileType: "csv", header: true})
      )
      .build();
  await add("Patient count", "SELECT count(*) AS n FROM dataset", patientName);
  await add("Broken", "SELECT nothing FROM dataset", hostileName);
  await client.close();

  const file = join(root, "ikigai.config.ts");
  const config = await readFile(file, "utf8");
  const last = '    "reforecast-temperature": {';
  const more = `    patient: {flow: "Patient count", label: "Count patiently"},
    broken: {flow: "Broken", label: "Break <i>off</i>"},
${last}`;
  await writeFile(file, config.replace(last, more));
}
