// The rules of a page's stylesheets that hold in a theme at a width, each with its specificity.
import * as csstree from "css-tree";

export interface Declaration {
  property: string;
  value: string;
  important: boolean;
}

/** One selector of a rule, with the rule's declarations. */
export interface StyleRule {
  selector: string;
  /** Ids, classes and types, as one number that sorts. */
  specificity: number;
  /** What an element must have to match, for a quick no: a class, an id or a type of its own. */
  key: string | undefined;
  declarations: Declaration[];
}

export interface Media {
  theme: "light" | "dark";
  width: number;
}

/** The rules in their order. What can't be parsed is left out, as a browser does. */
export function rulesOf(css: string, media: Media): StyleRule[] {
  const rules: StyleRule[] = [];
  const sheet = csstree.parse(css, {parseValue: false, parseCustomProperty: false});
  const visit = (node: csstree.CssNode) => {
    if (node.type === "Atrule") {
      const prelude = node.prelude ? csstree.generate(node.prelude) : "";
      if (node.block && applies(node.name.toLowerCase(), prelude, media)) node.block.children.forEach(visit);
    } else if (node.type === "Rule" && node.prelude.type === "SelectorList") {
      const declarations = declarationsOf(node.block);
      if (declarations.length > 0)
        node.prelude.children.forEach((selector) => {
          if (selector.type !== "Selector") return;
          const text = csstree.generate(selector);
          // What a pseudo-element draws isn't part of a chart.
          if (text.includes("::") || /:(?:before|after)\b/.test(text)) return;
          rules.push({
            selector: text,
            specificity: specificity(selector),
            key: keyOf(selector),
            declarations
          });
        });
    }
  };
  if (sheet.type === "StyleSheet") sheet.children.forEach(visit);
  return rules;
}

/** The declarations of a `style` attribute. */
export function inlineDeclarations(style: string): Declaration[] {
  const block = csstree.parse(style, {
    context: "declarationList",
    parseValue: false,
    parseCustomProperty: false
  });
  return block.type === "DeclarationList" ? declarationsOf(block) : [];
}

function declarationsOf(block: csstree.Block | csstree.DeclarationList): Declaration[] {
  const found: Declaration[] = [];
  block.children.forEach((node) => {
    if (node.type !== "Declaration") return;
    const property = node.property.startsWith("--") ? node.property : node.property.toLowerCase();
    found.push({property, value: csstree.generate(node.value).trim(), important: Boolean(node.important)});
  });
  return found;
}

function applies(name: string, prelude: string, {theme, width}: Media): boolean {
  if (name === "layer" || name === "supports") return true;
  if (name !== "media") return false;
  return prelude.split(",").some((query) => {
    if (/\bprint\b|\bnot\b/.test(query)) return false;
    return Array.from(query.matchAll(/\(([^:()]+):([^()]+)\)/g)).every(([, feature, value]) => {
      const wanted = value!.trim();
      const pixels = /^[\d.]+px$/.test(wanted) ? parseFloat(wanted) : NaN;
      switch (feature!.trim()) {
        case "prefers-color-scheme":
          return wanted === theme;
        case "min-width":
          return width >= pixels;
        case "max-width":
          return width <= pixels;
        default:
          return false;
      }
    });
  });
}

const weights = {id: 1e6, class: 1e3, type: 1};

/** The specificity that CSS Selectors 4 gives a selector. */
function specificity(selector: csstree.Selector): number {
  let sum = 0;
  selector.children.forEach((node) => {
    if (node.type === "IdSelector") sum += weights.id;
    else if (node.type === "ClassSelector" || node.type === "AttributeSelector") sum += weights.class;
    else if (node.type === "TypeSelector") sum += node.name === "*" ? 0 : weights.type;
    else if (node.type === "PseudoClassSelector") {
      if (node.name === "where") return;
      if (["is", "not", "has"].includes(node.name)) {
        const lists = node.children?.toArray() ?? [];
        const each = lists.flatMap((list) =>
          list.type === "SelectorList"
            ? list.children.toArray().map((s) => (s.type === "Selector" ? specificity(s) : 0))
            : []
        );
        sum += Math.max(0, ...each);
      } else sum += weights.class;
    }
  });
  return sum;
}

/** `.name`, `#id` or `type` of the last compound of the selector. */
function keyOf(selector: csstree.Selector): string | undefined {
  const nodes = selector.children.toArray();
  const from = nodes.findLastIndex(({type}) => type === "Combinator") + 1;
  let key: string | undefined;
  for (const node of nodes.slice(from)) {
    if (node.type === "ClassSelector") return `.${node.name}`;
    if (node.type === "IdSelector") return `#${node.name}`;
    if (node.type === "TypeSelector" && node.name !== "*") key = node.name.toLowerCase();
  }
  return key;
}
