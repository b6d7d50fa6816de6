// Which of the flows a page is about: one radio button each, with how its last run stands.
import {html} from "npm:htl";
import type {Input} from "npm:@observablehq/inputs";
import {followLastRun, standing} from "./run-standing.js";

interface Flow {
  key: string;
  label: string;
  app: string;
}

/** An input whose value is a flow's key. `flows` are as `trigger.flows` gives them; the first is chosen. */
export function flowPicker(flows: Flow[], invalidation: Promise<unknown>): Input<string | undefined> {
  const fieldset = html`<fieldset class="flow-picker">
    <legend>Flow</legend>
    ${flows.map(({key, label, app}, i) => {
      const state = html`<span class="remark"></span>`;
      const show = (run?: Parameters<typeof standing>[0]) => (state.textContent = run ? standing(run) : "");
      void followLastRun(key, show, invalidation);
      return html`<label>
        <input type="radio" name="flow" value=${key} checked=${i === 0} />
        <span><strong>${label}</strong><span class="remark">${app}</span>${state}</span>
      </label>`;
    })}
  </fieldset>`;
  const input = Object.assign(fieldset, {value: flows[0]?.key});
  input.addEventListener("input", ({target}) => (input.value = (target as HTMLInputElement).value));
  return input;
}
