// The form that asks for the gateway's shared token.
import {h, setText} from "../dom/index.js";
import {signIn} from "./session.js";
import {sentence} from "./run-text.js";

/** A field for the token; `onSignedIn` runs when the gateway has accepted it. */
export function signInForm(onSignedIn: () => void): HTMLElement {
  const input = h("input", {type: "password", autocomplete: "current-password", required: true});
  const button = h("button", {class: "ikigai-primary"}, "Sign in");
  const problem = h("p", {class: "ikigai-problem", role: "alert"});
  const form = h(
    "form",
    {"aria-label": "Sign in"},
    h("p", {}, "This site asks for its access token before it starts flows."),
    h("div", {class: "ikigai-signin"}, h("label", {}, "Access token", input), button),
    problem
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    button.setAttribute("aria-disabled", "true");
    setText(problem, "");
    signIn(input.value).then(onSignedIn, (error: Error) => {
      button.removeAttribute("aria-disabled");
      setText(problem, sentence(error.message));
      input.focus();
      input.select();
    });
  });
  return form;
}
