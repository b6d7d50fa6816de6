// CUSTOM_FACET: a script that is kept apart from flows and shared between them.
import {FacetError} from "../failure.js";
import {listNearest} from "../nearest.js";
import {argumentValue, runScript} from "../python/script.js";
import type {Step} from "../step.js";

export async function customFacet(step: Step): Promise<string> {
  const {args, options} = step;
  const id = args.text("custom_facet_id");
  const version = args.text("version_id");
  const facet = await options.customFacet(id, version);
  if (!facet) {
    const which = version ? `version '${version}' of the custom facet '${id}'` : `the custom facet '${id}'`;
    throw new FacetError(
      `${which} is not there, or not yours to run: set 'custom_facet_id' and 'version_id' to one that is`
    );
  }
  const given = new Map(
    args.maps("arguments").map((each) => [each.text("name"), each.optionalValue("value")])
  );
  for (const name of given.keys()) {
    if (facet.arguments.some((argument) => argument.name === name)) continue;
    const known = facet.arguments.map((argument) => argument.name);
    throw new FacetError(
      `custom facet '${facet.name}' has no argument '${name}'; ${known.length > 0 ? `it has: ${listNearest(name, known)}` : "it has none"}`
    );
  }
  const values = facet.arguments.map(({name, type, value}) => [
    name,
    argumentValue(name, type, given.get(name) ?? value)
  ]);
  return runScript(step, {
    code: facet.script,
    arguments: Object.fromEntries(values) as Record<string, unknown>
  });
}
