// A form that starts a flow: its fields come from the config's variables, and it shows the run live.
import type {Run} from "../gateway-api/index.js";
import type {PageInput} from "./control.js";
import {h} from "../dom/index.js";
import {staticForm} from "./static-form.js";
import {TriggerError} from "./error.js";
import {flow, type FlowTrigger} from "./flow.js";
import {flowInfo, flowList, forgetFlows, knownFlows, type FlowSource} from "./flows.js";
import {gatewayPath} from "./gateway.js";
import {heading} from "./heading.js";
import {liveElement} from "./live-element.js";
import {runForm} from "./run-form.js";
import {signInForm} from "./sign-in.js";
import {useTriggerStyle} from "./style.js";
import {sentence} from "./run-text.js";

/** Options of a form. */
export interface FormOptions {
  /** Describes the flows where the page has no gateway: `FileAttachment("data/flows.json")`. */
  flows?: FlowSource;
  /** The page's own Observable inputs for variables, by name: `{horizon: Inputs.range([1, 52], {step: 1})}`. */
  inputs?: Readonly<Record<string, PageInput>>;
}

/** Its value, as an Observable input, is the run that is shown: the one under way or the last; null before there is one. */
export interface FormElement extends HTMLElement {
  readonly value: Run | null;
}

/**
 * A form for a flow: fields from its variables, a button, the run's progress, outcome and log. It can be used as any
 * Observable input, so that cells run again as the run goes on:
 *
 * ```js
 * const run = view(trigger.form("reforecast"));
 * ```
 *
 * In place of a key it takes a flow with its settings: `trigger.form(trigger.flow("reforecast").reload())`. Values given there
 * are the fields' initial values. Without a gateway it describes the flow, and shows the command that runs it.
 */
export function form(key: string | FlowTrigger, {flows, inputs = {}}: FormOptions = {}): FormElement {
  const trigger = typeof key === "string" ? flow(key) : key;
  const values = trigger.given;
  let value: Run | null = null;
  let connect: (() => () => void) | undefined;
  let disconnect: (() => void) | undefined;
  let isConnected = false;
  useTriggerStyle();

  const element = liveElement("ikigai-form", () => {
    isConnected = true;
    if (connect) disconnect = connect();
    else void begin();
    return () => {
      isConnected = false;
      disconnect?.();
      disconnect = undefined;
    };
  });

  async function begin(): Promise<void> {
    element.setAttribute("aria-busy", "true");
    element.replaceChildren(h("p", {class: "ikigai-note"}, "Loading the flow …"));
    try {
      if (gatewayPath() === undefined) await showStatic();
      else await showRunnable();
    } catch (error) {
      showError(error as Error);
    }
    element.removeAttribute("aria-busy");
  }

  async function showStatic(): Promise<void> {
    const known = (await knownFlows(flows)).find(({key}) => key === trigger.key);
    element.replaceChildren(...staticForm(trigger.key, known, {values, inputs}));
    connect = () => () => undefined;
  }

  async function showRunnable(): Promise<void> {
    const [info, {viewer}] = await Promise.all([flowInfo(trigger.key), flowList()]);
    const built = runForm(trigger, info, {values, inputs, viewer, onRun, onSignIn: () => askSignIn(show)});
    const show = () => element.replaceChildren(...built.elements);
    show();
    connect = built.connect;
    if (isConnected) disconnect = connect();
  }

  function onRun(run: Run): void {
    value = run;
    element.dispatchEvent(new Event("input", {bubbles: true}));
  }

  function restart(): void {
    disconnect?.();
    disconnect = connect = undefined;
    void begin();
  }

  function askSignIn(onSignedIn: () => void): void {
    element.replaceChildren(signInForm(onSignedIn));
  }

  function showError(error: Error): void {
    if (error instanceof TriggerError && error.code === "signin") return askSignIn(restart);
    const retry = h("button", {type: "button"}, "Try again");
    retry.addEventListener("click", () => {
      forgetFlows();
      restart();
    });
    element.replaceChildren(
      heading({key: trigger.key}).element,
      h("p", {class: "ikigai-problem", role: "alert"}, sentence(error.message)),
      h("div", {class: "ikigai-actions"}, retry)
    );
  }

  return Object.defineProperty(element, "value", {get: () => value}) as FormElement;
}
