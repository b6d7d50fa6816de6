// The form of a flow that the gateway may start: its fields, the button, and the run.
import type {FlowInfo, Run, VariableValues} from "../gateway-api/index.js";
import {hasEnded} from "../gateway-api/has-ended.js";
import type {PageInput} from "./control.js";
import {h, setText} from "../dom/index.js";
import type {TriggerError} from "./error.js";
import {cancelRun, isStartedBy, rememberStarted} from "./cancel.js";
import {fieldsOf} from "./field.js";
import type {FlowTrigger} from "./flow.js";
import {heading} from "./heading.js";
import {watchHistory} from "./history.js";
import {isOver, isSame} from "./run-state.js";
import type {FlowRun} from "./run.js";
import {runView} from "./run-view.js";
import {sentence} from "./run-text.js";

/** Milliseconds after which a lost connection is shown: usually the browser reconnects sooner. */
const lostAfter = 2_500;

interface RunFormOptions {
  values: VariableValues;
  inputs: Readonly<Record<string, PageInput>>;
  viewer: string | null;
  onRun: (run: Run) => void;
  /** The gateway asks the viewer to sign in. */
  onSignIn: () => void;
}

/** The form's elements, and `connect`, to call when they are added to the page. */
export function runForm(
  flow: FlowTrigger,
  info: FlowInfo,
  {values, inputs, viewer, onRun, onSignIn}: RunFormOptions
): {elements: HTMLElement[]; connect: () => () => void} {
  const {element: title, id} = heading(info);
  const {fields, element: grid, values: given} = fieldsOf(info.variables, {values, inputs});
  const button = h("button", {class: "ikigai-primary"}, "Run");
  const cancel = h("button", {type: "button", hidden: true});
  const reason = h("span", {class: "ikigai-note"});
  const problem = h("p", {class: "ikigai-problem", role: "alert"});
  const form = h(
    "form",
    {novalidate: true, "aria-labelledby": id},
    title,
    h(
      "fieldset",
      {disabled: !info.mayRun},
      grid,
      h("div", {class: "ikigai-actions"}, button, cancel, reason)
    ),
    problem
  );
  const view = runView();

  let ownRun: FlowRun | undefined;
  let newest: Run[] = [];
  let reported: Run | undefined;
  let isStarting = false;
  /** The run that the viewer has cancelled last. */
  let cancelled: string | undefined;
  let isAway = false;
  /** A request without an answer yet, which is repeated if the same values are submitted again. */
  let unanswered: {flow: FlowTrigger; values: string} | undefined;

  /** This page's own run while it goes on, else the latest run. */
  function shown(): Run | undefined {
    // The history gets a change first, and goes on when this page no longer waits for the run.
    const mine = ownRun && (newest.find(({id}) => id === ownRun?.id) ?? ownRun.state);
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
    cancel.hidden = !(isUnderWay && isStartedBy(run, viewer));
    const isStopping = run !== undefined && run.id === cancelled;
    setText(cancel, isStopping ? "Stopping …" : "Cancel");
    if (isStopping) cancel.setAttribute("aria-disabled", "true");
    else cancel.removeAttribute("aria-disabled");
    if (!info.mayRun) {
      setText(
        reason,
        `${viewer ?? "You"} can't start this flow: only the "users" that ikigai.config.ts gives it can.`
      );
    }
    view.show(run, {viewer, remark: remark(run)});
    if (run && !(reported && isSame(run, reported))) onRun((reported = run));
  }

  function remark(run: Run | undefined): string {
    if (isAway) {
      const why = navigator.onLine ? "The connection to the gateway is lost" : "This device is offline";
      return `${why}. This is the last known state, and updates continue when the connection is back.`;
    }
    if (ownRun?.joined && run?.id === ownRun.id) {
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
      ownRun = await trigger.start();
      if (!ownRun.joined) rememberStarted(ownRun.id);
      unanswered = undefined;
    } catch (error) {
      showError(error);
    } finally {
      isStarting = false;
      update();
    }
  }

  async function stop(): Promise<void> {
    const run = shown();
    if (!run || run.id === cancelled) return;
    setText(problem, "");
    cancelled = run.id;
    update();
    try {
      await cancelRun(run.id);
    } catch (error) {
      cancelled = undefined;
      // It has ended meanwhile, which its view shows.
      if ((error as Partial<TriggerError>).code !== "conflict") showError(error);
      update();
    }
  }

  function showError(error: unknown): void {
    const {code, faults = {}, message} = error as Partial<TriggerError> & Error;
    if (code !== "network") unanswered = undefined;
    if (code === "signin") return onSignIn();
    const wrong = fields.filter(({name}) => Object.hasOwn(faults, name));
    for (const field of wrong) field.show(faults[field.name]!);
    wrong[0]?.focus();
    // An error beside its field is enough.
    if (!wrong.length || wrong.length < Object.keys(faults).length) setText(problem, sentence(message));
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // An Observable input is a form of its own within this one.
    if (event.target === form && button.getAttribute("aria-disabled") === null) void start();
  });

  cancel.addEventListener("click", () => void stop());

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
          away ??= setTimeout(() => setLost(true), lostAfter); // each try that fails says so again
        else {
          clearTimeout(away);
          away = undefined;
          if (isAway) setLost(false);
        }
      }
    );
    function setLost(isLost: boolean): void {
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
