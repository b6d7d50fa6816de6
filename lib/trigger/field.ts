// One variable in a form: its label, control, help, and what is wrong with it.
import type {Variable, VariableValue} from "../gateway-api/index.js";
import {variableFault} from "../gateway-api/check-variables.js";
import {adopt, controlFor, type PageInput} from "./control.js";
import {h, setText, uniqueId} from "../dom/index.js";

export interface Field {
  readonly name: string;
  readonly element: HTMLElement;
  /** The value to send; undefined when it is left to the default or to the flow. */
  value: () => VariableValue | undefined;
  /** Checks its value as the gateway does, and shows what is wrong. Returns whether it fits. */
  check: () => boolean;
  /** Shows an error that the gateway found. */
  show: (error: string) => void;
  focus: () => void;
}

/** A field for a variable, with an initial value, or around the page's own input. */
function field(
  name: string,
  variable: Variable,
  {value, input: own}: {value?: VariableValue | undefined; input?: PageInput | undefined} = {}
): Field {
  const label = variable.label ?? name;
  const id = uniqueId();
  const {isLabelled = false, ...control} = own
    ? adopt(own)
    : {...controlFor(variable, {id, label, value: value ?? variable.default}), isLabelled: false};
  const {input} = control;
  input.id ||= id;

  const help = variable.help && h("p", {class: "ikigai-help", id: `${id}-help`}, variable.help);
  const fault = h("p", {class: "ikigai-fault", id: `${id}-fault`, "aria-live": "polite"});
  const note = noteOf(variable);
  const caption = !isLabelled && [
    h("label", {for: input.id}, label),
    note && h("span", {class: "ikigai-note", id: `${id}-note`}, note)
  ];
  const isToggle = input instanceof HTMLInputElement && input.type === "checkbox" && !own;
  const element = h(
    "div",
    {class: `ikigai-field${isToggle ? " ikigai-toggle" : ""}`},
    ...(caption ? [h("div", {class: "ikigai-caption"}, isToggle && input, ...caption)] : []),
    !isToggle && control.element,
    fault,
    help
  );
  const described = [`${id}-fault`, caption && note && `${id}-note`, help && `${id}-help`];
  input.setAttribute("aria-describedby", described.filter(Boolean).join(" "));
  if (variable.required && variable.default === undefined) input.setAttribute("aria-required", "true");

  function show(text: string | undefined): void {
    setText(fault, text ? `${text[0]!.toUpperCase()}${text.slice(1)}` : "");
    if (text) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    element.classList.toggle("ikigai-invalid", Boolean(text));
  }
  function check(): boolean {
    const text = variableFault(variable, control.read() ?? variable.default);
    show(text);
    return text === undefined;
  }
  element.addEventListener("input", () => check());
  return {name, element, value: control.read, check, show, focus: () => input.focus()};
}

/** The allowed range, shown before the viewer types. */
function noteOf(variable: Variable): string | undefined {
  if (variable.type === "integer" || variable.type === "number" || variable.type === "date") {
    const {min, max} = variable;
    if (min !== undefined && max !== undefined) return `${min} to ${max}`;
    if (min !== undefined) return `from ${min}`;
    if (max !== undefined) return `up to ${max}`;
  }
  return variable.default === undefined && !variable.required && variable.type === "text"
    ? "optional"
    : undefined;
}

/** The fields of a flow, in a grid. */
export function fieldsOf(
  variables: Readonly<Record<string, Variable>>,
  {
    values,
    inputs
  }: {values: Readonly<Record<string, VariableValue>>; inputs: Readonly<Record<string, PageInput>>}
): {fields: Field[]; element: HTMLElement; values: () => Record<string, VariableValue>} {
  const fields = Object.entries(variables).map(([name, variable]) =>
    field(name, variable, {value: values[name], input: inputs[name]})
  );
  const element = h("div", {class: "ikigai-fields"}, ...fields.map(({element}) => element));
  // The form's value is the run, not the fields: cells that use it must not run again at each key.
  element.addEventListener("input", (event) => event.stopPropagation());
  return {
    fields,
    element,
    values: () =>
      Object.fromEntries(
        fields.flatMap(({name, value}) => {
          const given = value();
          return given === undefined ? [] : [[name, given]];
        })
      )
  };
}
