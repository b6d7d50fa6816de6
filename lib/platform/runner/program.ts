// The program of a process that runs flows: one run after the other, each told by the platform, which may end the process at any time.
import {endWithParent, tell as send, watchMemory} from "../../processes/index.js";
import {runFlow, type Host} from "../engine/index.js";
import {blamed, reason} from "../error.js";
import type {Job, Order, Question, Report} from "./messages.js";
import {endGroup} from "./script-group.js";

let stopping: AbortController | undefined;
let script: number | undefined;
let asked = 0;
const waiting = new Map<number, {resolve: (value: unknown) => void; reject: (error: Error) => void}>();

const tell = (report: Report) => send(report);

await endWithParent(() => endGroup(script));

process.on("message", (order: Order) => {
  if (order.kind === "stop") stopping?.abort(new Error("The run was stopped"));
  else if (order.kind === "run") void run(order.job);
  else {
    const {resolve, reject} = waiting.get(order.id)!;
    waiting.delete(order.id);
    if (order.fault === undefined) resolve(order.value);
    else reject(new Error(order.fault));
  }
});
await tell({kind: "ready"});

const ask = (question: Question) =>
  new Promise((resolve, reject) => {
    const id = ++asked;
    waiting.set(id, {resolve, reject});
    void tell({kind: "question", id, ...question});
  });

const host = {
  dataset: (...args) => ask({about: "dataset", args}) as ReturnType<Host["dataset"]>,
  model: (...args) => ask({about: "model", args}) as ReturnType<Host["model"]>,
  customFacet: (...args) => ask({about: "customFacet", args}) as ReturnType<Host["customFacet"]>
} satisfies Host;

async function run({memory, processMemory, ...job}: Job): Promise<void> {
  const {signal} = (stopping = new AbortController());
  const unwatch = watchMemory(processMemory, () => void tell({kind: "memory"}));
  try {
    const result = await runFlow({
      ...job,
      ...host,
      memoryLimit: `${memory}MB`,
      scriptMemory: processMemory,
      signal,
      onProgress: (progress) => void tell({kind: "progress", progress}),
      onScript: (group) => {
        script = group;
        void tell({kind: "script", group});
      }
    });
    await tell({kind: "end", result, rss: process.memoryUsage.rss()});
  } catch (error) {
    await tell({
      kind: "fault",
      facetId: blamed(error),
      message: reason(error),
      rss: process.memoryUsage.rss()
    });
  } finally {
    unwatch();
  }
}
