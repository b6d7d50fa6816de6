// Pages of samples of the docs, as few as there can be: samples share one where none has a name that means something else to another.
import ts from "typescript";
import {uses} from "../docs/names.js";
import type {Sample} from "../docs/samples.js";
import {givenTo} from "./sample-given.js";

interface Part {
  sample: Sample;
  /** What the page has of it. */
  text: string;
  /** The names that its own cells give. */
  own: string[];
  /** The cells that it needs beside it, by the name that each gives. */
  given: Map<string, string>;
}

/** A page's path without `.md`, its samples and its text. */
export interface SamplePage {
  path: string;
  samples: Sample[];
  text: string;
}

const fences = /^```(js|sql)\b([^\n]*)\n([^]*?)^```$/gm;
const cell = (code: string, language = "js") => `\`\`\`${language}\n${code.trimEnd()}\n\`\`\`\n`;
const AsyncFunction = (async () => {}).constructor as FunctionConstructor;

/** Whether Framework takes a cell for an expression, which it displays. */
function isExpression(code: string): boolean {
  try {
    new AsyncFunction(`return (\n${code}\n)`);
    return true;
  } catch {
    return false;
  }
}

function namesOf(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesOf(element.name)));
}

/** The names that a cell's code gives to the page. */
function givenBy(code: string): string[] {
  return ts.createSourceFile("cell.js", code, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.flatMap(({name}) => namesOf(name));
    if (!ts.isImportDeclaration(statement)) return [];
    const {name, namedBindings} = statement.importClause ?? {};
    const named =
      namedBindings && (ts.isNamedImports(namedBindings) ? namedBindings.elements : [namedBindings]);
    return [...(name ? [name] : []), ...(named ?? []).map((one) => one.name)].map(({text}) => text);
  });
}

/** A sample for a page. Its cells give a name each where Framework shows nothing of how far they are: what follows can wait for it. */
function partOf(sample: Sample, index: number): Part {
  const own: string[] = [];
  const {code, language} = sample;
  const text = (language === "md" ? code : cell(code, language)).replace(
    fences,
    (block, kind: string, options: string, content: string) => {
      if (kind === "sql") {
        own.push(...(/id=\[?([\w, ]+)/.exec(options)?.[1]?.split(/, */) ?? []));
        return block;
      }
      if (isExpression(content)) return block;
      const ran = `ran${index}_${own.length}`;
      own.push(...givenBy(content), ran);
      return cell(`${content}const ${ran} = true;`);
    }
  );
  return {sample, text, own, given: givenTo(text)};
}

/** Whether nothing that one has changes the other. */
function areApart(one: Part, other: Part): boolean {
  const isFree = (name: string) =>
    !uses(other.text, name) && !other.own.includes(name) && !other.given.has(name);
  return (
    one.own.every(isFree) &&
    [...one.given].every(
      ([name, code]) => !other.own.includes(name) && (other.given.get(name) ?? code) === code
    )
  );
}

/** Ends a sample's section: shown once all its names have their values, or an error in its place. */
const end = ({own}: Part) => cell(`html\`<output class="ran">\${[${own.join(", ")}].length}</output>\``);

/** Whether a sample displays something. */
const shows = ({code, language}: Sample): boolean =>
  /\bdisplay\(|\bview\(|^```sql$/m.test(code) ||
  language === "sql" ||
  (language === "js" && isExpression(code));

const section = (part: Part) =>
  `<section id="${part.sample.where}"${shows(part.sample) ? " class=shows" : ""}>\n\n${part.text}\n${end(part)}\n</section>\n`;

/** The pages for all samples. */
export function pagesOf(samples: readonly Sample[]): SamplePage[] {
  const pages: Part[][] = [];
  for (const part of samples.map(partOf)) {
    const page = pages.find((parts) => parts.every((one) => areApart(one, part) && areApart(part, one)));
    if (page) page.push(part);
    else pages.push([part]);
  }
  return pages.map((parts, i) => {
    const given = new Map(parts.flatMap((part) => [...part.given]));
    const cells = [...given.values()].map((code) => cell(code));
    return {
      path: `samples-${i + 1}`,
      samples: parts.map(({sample}) => sample),
      text: [`# Samples`, ...cells, ...parts.map(section)].join("\n")
    };
  });
}
