// The form of a flow that the gateway may start: its fields, the button, and the run.
import type {FlowInfo, Run, VariableValues} from "../gateway-api/index.js";
import {hasEnded} from "../gateway-api/has-ended.js";
import type {PageInput} from "./control.js";
import {h, setText} from "./dom.js";
import type {TriggerError} from "./error.js";
import {fieldsOf} from "./field.js";
import type {FlowTrigger} from "./flow.js";
import {heading} from "./heading.js";
import {watchHistory} from "./history.js";
import {isOver, isSame} from "./run-state.js";
import type {FlowRun} from "./run.js";
import {runView} from "./run-view.js";
import {sentence} from "./words.js";

/** Milliseconds for which a stream may be away before it is told: most times the browser has it back. */
const patience = 2_500;

interface Surroundings {
  values: VariableValues;
  inputs: Readonly<Record<string, PageInput>>;
  viewer: string | null;
  onRun: (run: Run) => void;
  /** The gateway asks who this is. */
  onSignIn: () => void;
}

/** The elements, and what to call while they are in the page. */
export function runnable(
  flow: FlowTrigger,
  info: FlowInfo,
  {values, inputs, viewer, onRun, onSignIn}: Surroundings
): {elements: HTMLElement[]; connect: () => () => void} {
  const {element: title, id} = heading(info);
  const {fields, element: grid, values: given} = fieldsOf(info.variables, {values, inputs});
  const button = h("button", {class: "ikigai-primary"}, "Run");
  const reason = h("span", {class: "ikigai-note"});
  const problem = h("p", {class: "ikigai-problem", role: "alert"});
  const form = h(
    "form",
    {novalidate: true, "aria-labelledby": id},
    title,
    h("fieldset", {disabled: !info.mayRun}, grid, h("div", {class: "ikigai-actions"}, button, reason)),
    problem
  );
  const view = runView();

  let own: FlowRun | undefined;
  let newest: Run[] = [];
  let told: Run | undefined;
  let isStarting = false;
  let isAway = false;
  /** The request that nothing has answered, to go on with as long as the same is wanted. */
  let unanswered: {flow: FlowTrigger; values: string} | undefined;

  /** The own run while it goes on, then whatever ran last. */
  function shown(): Run | undefined {
    // The history hears of a change first, and goes on when the run is no longer waited for.
    const mine = own && (newest.find(({id}) => id === own?.id) ?? own.state);
    if (mine && !isOver(mine)) return mine;
    return newest.find((run) => !hasEnded(run)) ?? newest[0] ?? mine;
  }

  function update(): void {
    const run = shown();
    const isUnderWay = run !== undefined && !hasEnded(run);
    const isBusy = isStarting || (isUnderWay && info.whenRunning === "join");
    setText(
      button,
      isStarting ? "Starting …" : !isUnderWay ? "Run" : isBusy ? "Running …" : "Run after this one"
    );
    if (isBusy) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
    if (!info.mayRun) {
      setText(reason, `${viewer ?? "You"} may not start this flow: ikigai.config.ts names who may.`);
    }
    view.show(run, {viewer, remark: remark(run)});
    if (run && !(told && isSame(run, told))) onRun((told = run));
  }

  function remark(run: Run | undefined): string {
    if (isAway) {
      const why = navigator.onLine ? "The connection to the gateway is lost" : "This device is offline";
      return `${why}. This is how it stood then, and goes on by itself when the connection is back.`;
    }
    if (own?.joined && run?.id === own.id) {
      const whose = run.user === null || run.user === viewer ? "The" : `${run.user}'s`;
      return `${whose} run was under way already, so no second one was started.`;
    }
    return "";
  }

  async function start(): Promise<void> {
    setText(problem, "");
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length) return wrong[0]!.focus();
    const variables = given();
    const wanted = JSON.stringify(variables);
    const trigger = unanswered?.values === wanted ? unanswered.flow : flow.variables(variables);
    unanswered = {flow: trigger, values: wanted};
    isStarting = true;
    update();
    try {
      own = await trigger.start();
      unanswered = undefined;
    } catch (error) {
      refuse(error);
    } finally {
      isStarting = false;
      update();
    }
  }

  function refuse(error: unknown): void {
    const {code, faults = {}, message} = error as Partial<TriggerError> & Error;
    if (code !== "network") unanswered = undefined;
    if (code === "signin") return onSignIn();
    const wrong = fields.filter(({name}) => Object.hasOwn(faults, name));
    for (const field of wrong) field.show(faults[field.name]!);
    wrong[0]?.focus();
    // A fault beside a field says it all.
    if (!wrong.length || wrong.length < Object.keys(faults).length) setText(problem, sentence(message));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // An Observable input is a form of its own within this one.
    if (event.target === form && button.getAttribute("aria-disabled") === null) void start();
  });

  function connect(): () => void {
    let away: ReturnType<typeof setTimeout> | undefined;
    const stop = watchHistory(
      info.key,
      10,
      (runs) => {
        newest = runs;
        update();
      },
      (isOpen) => {
        if (!isOpen)
          away ??= setTimeout(() => lose(true), patience); // each try that fails says so again
        else {
          clearTimeout(away);
          away = undefined;
          if (isAway) lose(false);
        }
      }
    );
    function lose(isLost: boolean): void {
      isAway = isLost;
      update();
    }
    const clock = setInterval(view.tick, 1_000);
    return () => {
      stop();
      clearTimeout(away);
      clearInterval(clock);
    };
  }

  return {elements: [form, view.element], connect};
}
