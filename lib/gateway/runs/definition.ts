// Checks a definition that a page sends, against the platform's facet types. Only what was checked is saved.
import {FlowBuilder, FlowDefinition, ValidationError, type FacetTypes} from "../../definition/index.js";
import type {Variable} from "../../gateway-api/index.js";

type Facet = ReturnType<FlowBuilder["facet"]>;

/**
 * Builds the definition again, through the builder's checks. Throws `ValidationError` with a sentence for each facet, argument, arrow and variable
 * that doesn't fit.
 */
export function checkDefinition(source: object, facetTypes: FacetTypes): FlowDefinition {
  const {facets, arrows, variables, modelVariables, ...rest} = FlowDefinition.from(source);
  const builder = new FlowBuilder();
  const built = new Map<string, Facet>();
  const problems: string[] = [];
  const attempt = (step: () => void) => {
    try {
      step();
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      problems.push(...error.problems);
    }
  };
  if (facets.length === 0) problems.push("The definition has no facets.");
  if (Object.keys(modelVariables).length + Object.keys(rest.arguments).length > 0) {
    problems.push("Arguments and model variables of a whole definition are not accepted from pages.");
  }
  for (const {facetId, facetUid, name = "", arguments: values} of facets) {
    const facetType = facetTypes.byUid(facetUid);
    if (!facetType)
      problems.push(
        `Facet ${JSON.stringify(facetId)}: the platform has no facet ${JSON.stringify(facetUid)}.`
      );
    else if (built.has(facetId)) problems.push(`Two facets have the id ${JSON.stringify(facetId)}.`);
    else attempt(() => built.set(facetId, builder.facet({facetType, name, arguments: values})));
  }
  for (const {source, destination, arguments: values} of arrows) {
    const [from, to] = [built.get(source), built.get(destination)];
    if (from && to) attempt(() => to.addArrow(from, values));
    else if (![source, destination].every((id) => facets.some(({facetId}) => facetId === id))) {
      problems.push(
        `There is an arrow from ${JSON.stringify(source)} to ${JSON.stringify(destination)}, and not both facets.`
      );
    }
  }
  for (const [variable, {facetName, name}] of Object.entries(variables)) {
    const facet = [...built.values()].find((one) => one.name !== "" && one.name === facetName);
    if (facet) attempt(() => facet.variables({[variable]: name}));
    else
      problems.push(
        `Variable ${JSON.stringify(variable)}: there is no facet called ${JSON.stringify(facetName ?? "")}.`
      );
  }
  if (problems.length > 0) throw new ValidationError(problems);
  return builder.build();
}

/** The variables of a checked definition, for its form: each as the spec of its argument says. */
export function variablesOf(definition: FlowDefinition, facetTypes: FacetTypes): Record<string, Variable> {
  return Object.fromEntries(
    Object.entries(definition.variables).map(([variable, {facetName, name}]) => {
      const facet = definition.facets.find((one) => one.name === facetName)!;
      const {type, options} = facetTypes.byUid(facet.facetUid)!.arguments[name]!;
      return [variable, variableOf(type, options, facet.arguments[name])] as const;
    })
  );
}

/** `value` is what the definition itself gives the argument. */
function variableOf(type: string, options: readonly unknown[], value: unknown): Variable {
  if (type === "NUMBER") return {type: "number", ...(typeof value === "number" && {default: value})};
  if (type === "BOOLEAN") return {type: "boolean", ...(typeof value === "boolean" && {default: value})};
  const text = typeof value === "string" ? {default: value} : {};
  const choices = options.filter((option) => typeof option === "string");
  const isChoice = choices.length > 0 && choices.length === options.length;
  return isChoice ? {type: "choice", options: choices, ...text} : {type: "text", ...text};
}
