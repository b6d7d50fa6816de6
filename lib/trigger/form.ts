// A form that starts a flow: drawn from what the config says of its variables, and live.
import type {Run} from "../gateway-api/index.js";
import type {PageInput} from "./control.js";
import {h} from "./dom.js";
import {elsewhere} from "./elsewhere.js";
import {TriggerError} from "./error.js";
import {flow, type FlowTrigger} from "./flow.js";
import {flowInfo, flowList, forgetFlows, knownFlows, type FlowSource} from "./flows.js";
import {gatewayPath} from "./gateway.js";
import {heading} from "./heading.js";
import {liveElement} from "./live-element.js";
import {runnable} from "./runnable.js";
import {signInForm} from "./sign-in.js";
import {useStyle} from "./style.js";
import {sentence} from "./words.js";

/** How a form stands in its page, and who else gives values to it. */
export interface FormOptions {
  /** What is known of the flows where the page has no gateway: `FileAttachment("data/flows.json")`. */
  flows?: FlowSource;
  /** Observable inputs of the page's own to ask for a variable with, by its name: `{horizon: Inputs.range([1, 52], {step: 1})}`. */
  inputs?: Readonly<Record<string, PageInput>>;
}

/** As an Observable input its value is the run that is shown, the one under way or the last, and null before there is one. */
export interface FormElement extends HTMLElement {
  readonly value: Run | null;
}

/**
 * A form for a flow: fields from its variables, a button, the run's progress, outcome and log. It can be viewed as any
 * Observable input, so that cells run again as the run goes on:
 *
 * ```js
 * const run = view(trigger.form("reforecast"));
 * ```
 *
 * In place of a key it takes a flow with what it has been told: `trigger.form(trigger.flow("reforecast").reload())`. Values given there
 * are what the fields begin with. Without a gateway it shows what the flow is, and the command that runs it.
 */
export function form(key: string | FlowTrigger, {flows, inputs = {}}: FormOptions = {}): FormElement {
  const trigger = typeof key === "string" ? flow(key) : key;
  const values = trigger.given;
  let value: Run | null = null;
  let connect: (() => () => void) | undefined;
  let leave: (() => void) | undefined;
  let isConnected = false;
  useStyle();

  const element = liveElement("ikigai-form", () => {
    isConnected = true;
    if (connect) leave = connect();
    else void begin();
    return () => {
      isConnected = false;
      leave?.();
      leave = undefined;
    };
  });

  async function begin(): Promise<void> {
    element.setAttribute("aria-busy", "true");
    element.replaceChildren(h("p", {class: "ikigai-note"}, "Asking what this flow needs …"));
    try {
      if (gatewayPath() === undefined) await beElsewhere();
      else await beRunnable();
    } catch (error) {
      refuse(error as Error);
    }
    element.removeAttribute("aria-busy");
  }

  async function beElsewhere(): Promise<void> {
    const known = (await knownFlows(flows)).find(({key}) => key === trigger.key);
    element.replaceChildren(...elsewhere(trigger.key, known, {values, inputs}));
    connect = () => () => undefined;
  }

  async function beRunnable(): Promise<void> {
    const [info, {viewer}] = await Promise.all([flowInfo(trigger.key), flowList()]);
    const built = runnable(trigger, info, {values, inputs, viewer, onRun, onSignIn: () => askSignIn(show)});
    const show = () => element.replaceChildren(...built.elements);
    show();
    connect = built.connect;
    if (isConnected) leave = connect();
  }

  function onRun(run: Run): void {
    value = run;
    element.dispatchEvent(new Event("input", {bubbles: true}));
  }

  function again(): void {
    leave?.();
    leave = connect = undefined;
    void begin();
  }

  function askSignIn(onSignedIn: () => void): void {
    element.replaceChildren(signInForm(onSignedIn));
  }

  function refuse(error: Error): void {
    if (error instanceof TriggerError && error.code === "signin") return askSignIn(again);
    const retry = h("button", {type: "button"}, "Try again");
    retry.addEventListener("click", () => {
      forgetFlows();
      again();
    });
    element.replaceChildren(
      heading({key: trigger.key}).element,
      h("p", {class: "ikigai-problem", role: "alert"}, sentence(error.message)),
      h("div", {class: "ikigai-actions"}, retry)
    );
  }

  return Object.defineProperty(element, "value", {get: () => value}) as FormElement;
}
