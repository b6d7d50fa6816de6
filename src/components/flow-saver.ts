// Saves a definition that was built in the page as a flow of an app, where the config's `allowDefinitions` lets viewers do so.
import {html} from "npm:htl";
import type {Input} from "npm:@observablehq/inputs";
import type {FlowDefinition} from "npm:ikigai-kit/definition";
import * as trigger from "npm:ikigai-kit/trigger";

interface FlowSaver extends Input<trigger.FlowTrigger | null> {
  definition: FlowDefinition | null;
  /** Takes back its value where that is the flow of this key, which was deleted. */
  forget: (key: string | null) => void;
}

/** An input whose value is the flow that was saved last, or null. What it saves is its `definition`. */
export function flowSaver(app: string): FlowSaver {
  const hasGateway = document.querySelector('meta[name="ikigai-gateway"]') !== null;
  const name = html`<input type="text" required autocomplete="off" maxlength="200" />` as HTMLInputElement;
  const button = html`<button>Save</button>` as HTMLButtonElement;
  const said = html`<p class="remark" role="status"></p>`;
  const form = html`<form class="flow-saver">
    <h2>Save it</h2>
    ${
      hasGateway
        ? html`<p class="remark">
              As a new flow of the app “${app}”, which you can then run. Nothing there is ever overwritten.
            </p>
            <label>Name ${name}</label>
            ${button} ${said}`
        : html`<p class="remark">
            This page is served without a gateway, so what is built here stays here. With
            <code>npm run demo</code> it can be saved as a flow of the app “${app}”, and run.
          </p>`
    }
  </form>`;
  const element: FlowSaver = Object.assign(form, {value: null, definition: null, forget});
  function forget(key: string | null): void {
    if (element.value?.key !== key) return;
    element.value = null;
    said.textContent = "";
    element.dispatchEvent(new Event("input", {bubbles: true}));
  }
  async function save(definition: FlowDefinition): Promise<void> {
    button.disabled = true;
    said.textContent = "Saving …";
    try {
      element.value = await trigger.app(app).save(name.value, definition);
      said.textContent = `“${name.value}” is saved.`;
      element.dispatchEvent(new Event("input", {bubbles: true}));
    } catch (error) {
      said.textContent = (error as Error).message;
    } finally {
      button.disabled = false;
    }
  }
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    if (element.definition && !button.disabled) void save(element.definition);
  });
  // What is typed is no new value.
  name.addEventListener("input", (event) => event.stopPropagation());
  return element;
}
