// Which of the flows a page is about: one radio button each, with how its last run stands.
import {html} from "npm:htl";
import * as trigger from "npm:ikigai-kit/trigger";
import {formatAgo, formatOutcome} from "./format.js";

/** An input whose value is a flow's key. `flows` are as `trigger.flows` gives them; the first is chosen. */
export function flowPicker(flows, invalidation) {
  const fieldset = html`<fieldset class="flow-picker">
    <legend>Flow</legend>
    ${flows.map(({key, label, app}, i) => {
      const state = html`<span class="remark"></span>`;
      void follow(trigger.flow(key).history({limit: 1}), state, invalidation);
      return html`<label>
        <input type="radio" name="flow" value=${key} checked=${i === 0} />
        <span><strong>${label}</strong><span class="remark">${app}</span>${state}</span>
      </label>`;
    })}
  </fieldset>`;
  fieldset.value = flows[0]?.key;
  fieldset.addEventListener("input", ({target}) => (fieldset.value = target.value));
  return fieldset;
}

async function follow(history, element, invalidation) {
  invalidation.then(() => history.return());
  for await (const [run] of history) element.textContent = run ? standing(run) : "";
}

function standing({status, progress, createdAt, endedAt}) {
  if (status === "running") return progress === null ? "Running" : `Running, ${Math.round(progress)} %`;
  return endedAt ? `${formatOutcome(status)} ${formatAgo(createdAt)}` : formatOutcome(status);
}
