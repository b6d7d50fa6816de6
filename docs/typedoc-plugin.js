// What typedoc and its Markdown plugin say of the code, said shorter: see typedoc.config.js.
import {Application, Comment, Converter, ReflectionKind} from "typedoc";
import {MarkdownPageEvent, MarkdownTheme, MarkdownThemeContext, ModuleRouter} from "typedoc-plugin-markdown";
import ts from "typescript";

/** @param {import("typedoc-plugin-markdown").MarkdownApplication} app */
export function short(app) {
  const endpoints = new Map();
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    const endpoint = endpointOf(context.getSymbolFromReflection(reflection));
    if (endpoint) endpoints.set(reflection, endpoint);
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({project}) => {
    for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
      module.name = module.name.replace(/^lib\//, "");
      joinSchemas(project, module);
    }
    for (const reflection of Object.values(project.reflections)) shorten(reflection);
    for (const [{comment}, endpoint] of endpoints)
      comment?.summary.unshift({kind: "code", text: `\`${endpoint}\``}, {kind: "text", text: ". "});
    endpoints.clear();
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, ({project}) => {
    for (const reflection of Object.values(project.reflections)) dropRepeated(project, reflection);
  });
  app.renderer.defineRouter("short", ShortRouter);
  app.renderer.defineTheme("short", ShortTheme);
  // The Markdown plugin has chosen its own by then.
  app.on(Application.EVENT_BOOTSTRAP_END, () => app.options.setValue("theme", "short"));
  app.renderer.on(MarkdownPageEvent.END, (page) => {
    if (page.model.isProject()) page.contents = index(page.model);
    // Nothing links to a row of a table, and a number at each would change with every property that is added before.
    page.contents = `${page.contents.replace(/<a id="[^"]*"><\/a> /g, "").trimEnd()}\n`;
  });
}

/** `GET /component/get-dataset` of a call of lib/wire, which `get` or `post` makes. */
function endpointOf(symbol) {
  const made = symbol?.valueDeclaration?.initializer;
  if (!made || !ts.isCallExpression(made) || !/^(get|post)$/.test(made.expression.getText()))
    return undefined;
  const [path] = made.arguments;
  return ts.isStringLiteral(path) ? `${made.expression.getText().toUpperCase()} ${path.text}` : undefined;
}

/** A schema and the type of what it decodes to are one thing, written once: `flow` and `Flow`. The type stays. */
function joinSchemas(project, module) {
  for (const schema of module.getChildrenByKind(ReflectionKind.Variable)) {
    const type = module.getChildByName([schema.name[0].toUpperCase() + schema.name.slice(1)]);
    if (!type?.kindOf(ReflectionKind.SomeType) || !isSchema(schema.type)) continue;
    type.comment ??= schema.comment;
    project.removeReflection(schema);
  }
}

const isSchema = (type) => type?.type === "reference" && /^(Zod|Codec)/.test(type.name);

/** A schema's type says all that a page needs of it, and zod's spelling of it fills one. */
function shorten(reflection) {
  if (isSchema(reflection.type) && reflection.type.name !== "Codec")
    reflection.type.typeArguments = undefined;
  if (reflection.kindOf(ReflectionKind.ClassOrInterface)) {
    reflection.extendedTypes = reflection.extendedTypes?.filter(
      ({reflection: base, name}) => base ?? name === "Error"
    );
  }
  // What is taken apart where it comes in has no name; it always is the options.
  if (reflection.name === "__namedParameters") reflection.name = "options";
}

/** A base that is listed too says itself what it has. */
function dropRepeated(project, reflection) {
  if (!reflection.kindOf(ReflectionKind.ClassOrInterface)) return;
  for (const child of [...(reflection.children ?? [])]) {
    const {inheritedFrom, overwrites} = child;
    if (inheritedFrom?.reflection ?? (overwrites?.reflection && !child.hasComment()))
      project.removeReflection(child);
  }
}

/** The index, with what each module is for. */
function index(project) {
  const rows = project
    .getChildrenByKind(ReflectionKind.Module)
    .map(({name, comment}) => `| [${exportName(name)}](${name}.md) | ${summary(comment)} |`);
  return [
    "# API reference",
    "What the package exports, by import. `npm run docs` writes these pages from the docstrings in the code.",
    ["| import | |", "| ------ | ------ |", ...rows].join("\n")
  ].join("\n\n");
}

export const exportName = (module) => (module === "config" ? "ikigai-kit" : `ikigai-kit/${module}`);

/** The first sentence of a comment. */
const summary = (comment) =>
  /^.*?[.](?=\s|$)|^.*/s.exec(Comment.combineDisplayParts(comment?.summary).replace(/\s+/g, " "))[0];

/** One file a module, whose headings have the anchors that a code host gives them. */
class ShortRouter extends ModuleRouter {
  buildAnchors(target, page) {
    // A member of a class comes twice, first by its name and the class's: `App.access` would take the anchor of `AppAccess`.
    if (page.kindOf(ReflectionKind.Module) && target.parent !== page) return;
    super.buildAnchors(target, page);
  }
}

class ShortTheme extends MarkdownTheme {
  getRenderContext(page) {
    return new ShortContext(this, page, this.application.options);
  }
}

class ShortContext extends MarkdownThemeContext {
  constructor(...args) {
    super(...args);
    const {partials} = this;
    /** The title has the parameters and what is returned: a table only of those of which something is said. */
    const signature = (model, {hideTitle, accessor, multipleSignatures, headingLevel}) => {
      const comment = multipleSignatures ? model.comment : (model.comment ?? model.parent.comment);
      const said = (options) => comment && partials.comment(comment, {headingLevel, ...options});
      return [
        !hideTitle && partials.signatureTitle(model, {accessor}),
        said({showSummary: true, showTags: false}),
        model.parameters?.some((parameter) => parameter.hasComment()) &&
          partials.parametersTable(model.parameters),
        said({showSummary: false, showTags: true})
      ]
        .filter(Boolean)
        .join("\n\n");
    };
    const accessor = ({getSignature, setSignature}, options) =>
      [
        getSignature && signature(getSignature, {...options, accessor: "get"}),
        setSignature && signature(setSignature, {...options, accessor: "set"})
      ]
        .filter(Boolean)
        .join("\n\n");
    this.partials = {...partials, signature, accessor};
  }
}
