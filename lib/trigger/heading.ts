// A form's heading: what the flow is.
import type {FlowInfo} from "../gateway-api/index.js";
import {h, uniqueId} from "../dom/index.js";

/** Label, name, app and help. `id` is the heading's, for the element that it labels. */
export function heading({key, label = key, name, app, help}: Pick<FlowInfo, "key"> & Partial<FlowInfo>): {
  element: HTMLElement;
  id: string;
} {
  const id = uniqueId();
  const source = [app, name !== label && name].filter(Boolean).join(" › ");
  const element = h(
    "header",
    {},
    h("h2", {id, class: "ikigai-title"}, label),
    source && h("p", {class: "ikigai-source"}, source),
    help && h("p", {class: "ikigai-about"}, help)
  );
  return {element, id};
}
