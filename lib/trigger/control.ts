// The input elements for a variable's value.
import type {ChoiceVariable, NumberVariable, Variable, VariableValue} from "../gateway-api/index.js";
import {h} from "../dom/index.js";

export interface Control {
  /** The element in the form. */
  element: HTMLElement;
  /** The element that takes the focus, and that the label and the error belong to. */
  input: HTMLElement;
  /** The value as it would be sent: undefined when empty, and a value that no check accepts when it can't be read. */
  read: () => VariableValue | undefined;
}

/** An Observable input of the page's own, such as `Inputs.range([1, 52])`. */
export type PageInput = HTMLElement & {value: unknown};

/** Number fields with more steps than this have no slider. */
const mostSteps = 1_000;

/** The option that leaves the value to the flow. */
const leftToFlow = "The flow's own value";

/** A control for a variable that begins with a value, if there is one. `id` is for its input, and `label` names it. */
export function controlFor(
  variable: Variable,
  {id, label, value}: {id: string; label: string; value: VariableValue | undefined}
): Control {
  // An empty field takes the default, so that is what it shows.
  const common = {
    id,
    autocomplete: "off",
    placeholder: variable.default === undefined ? null : String(variable.default)
  };
  switch (variable.type) {
    case "integer":
    case "number":
      return numberControl(variable, common, label, value);
    case "text": {
      const input = h("input", {...common, type: "text", value});
      return {element: input, input, read: () => input.value || undefined};
    }
    case "date": {
      const {min, max} = variable;
      const input = h("input", {id, type: "date", min, max, value});
      // A date typed in part has no value, but isn't empty either.
      return {element: input, input, read: () => input.value || (input.validity.badInput ? "" : undefined)};
    }
    case "boolean": {
      if (variable.default === undefined && !variable.required) {
        const options = {"": leftToFlow, true: "Yes", false: "No"};
        const input = select(id, options, value === undefined ? "" : String(value));
        return {element: input, input, read: () => (input.value ? input.value === "true" : undefined)};
      }
      const input = h("input", {id, type: "checkbox", checked: value === true});
      return {element: input, input, read: () => input.checked};
    }
    case "choice":
      return choiceControl(variable, id, value);
  }
}

function numberControl(
  variable: Pick<NumberVariable, "min" | "max" | "default"> & {type: "integer" | "number"},
  common: Record<string, string | null>,
  label: string,
  value: VariableValue | undefined
): Control {
  const {type, min, max} = variable;
  const input = h("input", {
    ...common,
    type: "number",
    min,
    max,
    step: type === "integer" ? 1 : "any",
    value,
    inputmode: type === "integer" && min !== undefined && min >= 0 ? "numeric" : "decimal"
  });
  const read = () => (input.validity.badInput ? NaN : input.value === "" ? undefined : input.valueAsNumber);
  if (min === undefined || max === undefined || max <= min || variable.default === undefined) {
    return {element: input, input, read};
  }
  const step = type === "integer" ? 1 : roundStep(max - min);
  if ((max - min) / step > mostSteps) return {element: input, input, read};
  const slider = h("input", {type: "range", min, max, step, "aria-label": `${label}, slider`});
  const follow = () => (slider.value = String(read() ?? variable.default));
  input.addEventListener("input", follow);
  slider.addEventListener("input", () => (input.value = slider.value));
  follow();
  return {element: h("div", {class: "ikigai-slider"}, input, slider), input, read};
}

/** A power of ten that divides the span into a hundred steps or more. */
const roundStep = (span: number) => Number(`1e${Math.floor(Math.log10(span / 100))}`);

function choiceControl(
  {options, required, default: preset}: ChoiceVariable,
  id: string,
  value: VariableValue | undefined
): Control {
  const empty: Record<string, string> = preset !== undefined ? {} : {"": required ? "Choose …" : leftToFlow};
  const named = Object.fromEntries(options.map((option, i) => [`=${i}`, option]));
  const chosen = options.indexOf(value as string);
  const input = select(id, {...empty, ...named}, chosen < 0 ? "" : `=${chosen}`);
  return {
    element: input,
    input,
    read: () => (input.value ? options[Number(input.value.slice(1))] : undefined)
  };
}

function select(id: string, options: Readonly<Record<string, string>>, chosen: string): HTMLSelectElement {
  const elements = Object.entries(options).map(([value, text]) => h("option", {value}, text));
  const element = h("select", {id}, ...elements);
  element.value = chosen;
  return element;
}

/** The page's own input as a control. It keeps its label, if it has one. */
export function adopt(element: PageInput): Control & {isLabelled: boolean} {
  const input = element.querySelector<HTMLElement>("input, select, textarea") ?? element;
  return {
    element,
    input,
    isLabelled: element.querySelector("label") !== null,
    read: () => {
      const {value} = element;
      if (value instanceof Date) return Number.isNaN(+value) ? "" : value.toISOString().slice(0, 10);
      return value === null || value === "" ? undefined : (value as VariableValue | undefined);
    }
  };
}
