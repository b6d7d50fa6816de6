// PYTHON: a script in the flow itself.
import {argumentValue, runScript} from "../python/script.js";
import type {Step} from "../step.js";

export async function python(step: Step): Promise<string> {
  const {args} = step;
  const given = args.maps("arguments").map((argument) => {
    const name = argument.text("name");
    return [
      name,
      argumentValue(name, argument.optionalText("type") ?? "", argument.optionalValue("value") ?? "")
    ] as const;
  });
  if (args.texts("libraries").length > 0) {
    step.note("libraries are not installed here: the script finds those that this machine's Python has");
  }
  return runScript(step, {code: args.text("script"), arguments: Object.fromEntries(given)});
}
