// The form on a page without a gateway: it describes the flow, and shows the command that runs it.
import type {VariableValues} from "../gateway-api/index.js";
import {commandFor} from "./command.js";
import type {PageInput} from "./control.js";
import {h, setText} from "../dom/index.js";
import {fieldsOf} from "./field.js";
import type {KnownFlow} from "./flows.js";
import {heading} from "./heading.js";

/** The flow with its command, which changes as the viewer types. Of an unknown flow only the command. */
export function staticForm(
  key: string,
  flow: KnownFlow | undefined,
  {values, inputs}: {values: VariableValues; inputs: Readonly<Record<string, PageInput>>}
): HTMLElement[] {
  const {fields, element, values: given} = fieldsOf(flow?.variables ?? {}, {values, inputs});
  const command = h("code");
  const update = () => {
    // So that lines break before an argument, and not inside "--set".
    const words = commandFor(key, {...values, ...given()}).split(/ (?=--set )/);
    command.replaceChildren(...words.flatMap((word, i) => [i ? " " : "", h("span", {}, word)]));
  };
  for (const {element} of fields) element.addEventListener("input", update);
  update();
  const {element: title} = heading(flow ?? {key});
  const link =
    flow?.url && isWebAddress(flow.url) && h("a", {href: flow.url, rel: "noopener"}, "on the platform");
  return [
    title,
    element,
    h(
      "div",
      {class: "ikigai-static"},
      h(
        "p",
        {},
        "This page is served without a gateway and can't start the flow itself. Run it in a terminal",
        link && ", or ",
        link,
        ":"
      ),
      h(
        "div",
        {class: "ikigai-command"},
        h("pre", {tabindex: 0, role: "region", "aria-label": "Command"}, command),
        copyButton(() => command.textContent)
      )
    )
  ];
}

/** Undefined if the page can't write to the clipboard, as over plain http. */
function copyButton(text: () => string): HTMLElement | undefined {
  if (!("clipboard" in navigator)) return undefined;
  const button = h("button", {type: "button", "aria-live": "polite"}, "Copy");
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(text()).then(
      () => setText(button, "Copied"),
      () => setText(button, "Can't copy")
    );
  });
  return button;
}

/** A URL from a file could be a script. */
const isWebAddress = (url: string) => /^https?:\/\//i.test(url);
