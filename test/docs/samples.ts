// The samples of the README and docs: blocks of code that readers copy.
import {pages} from "./pages.js";

export interface Sample {
  /** Where it begins: "docs/charts.md:118". */
  where: string;
  page: string;
  /** `md` is a page of Framework, whose blocks run together. */
  language: "js" | "ts" | "md" | "sql";
  code: string;
}

const lineOf = (text: string, at: number) => text.slice(0, at).split("\n").length;

/** All but the API's reference, which has none, and the gallery, whose samples its own pages run. */
export const samples: Sample[] = [...pages]
  .filter(([page]) => !/^docs\/(api|gallery)\//.test(page))
  .flatMap(([page, text]) =>
    Array.from(
      text.matchAll(/^( *)(`{3,})(js|ts|md|sql)\b[^\n]*\n([^]*?)^\1\2$/gm),
      ({index, 1: indent = "", 3: language, 4: code}) => ({
        where: `${page}:${lineOf(text, index)}`,
        page,
        language: language as Sample["language"],
        code: code!.replace(new RegExp(`^${indent}`, "gm"), "")
      })
    )
  );

/** Samples that are run word for word by tests of their own: test/definition/docs.test.ts and test/document/page.test.ts. */
export const runElsewhere = ["docs/flow-definitions.md", "docs/python-to-typescript.md"];

/** Samples that aren't run, by the beginning of their code, and why. */
const notRun: [start: string, why: string][] = [
  [
    "const metrics = arrowRows(FileAttachment(`../data/",
    "is of a page with a parameter: test/browser/demo.test.ts opens one"
  ],
  ["await flow.removeSchedule()", "takes up to 90 s: test/client/write-flows.test.ts does it"]
];
const canRun = (code: string) => !notRun.some(([start]) => code.startsWith(start));

/** Samples that pages run. */
export const pageSamples = samples.filter(
  ({language, code}) => language !== "ts" && !code.includes("export default") && canRun(code)
);

/** Parts of a config, as whole ones; other samples as they are. */
export function whole({code}: Pick<Sample, "code">): string {
  const config = (rest: string) =>
    `import {defineConfig} from "ikigai-kit";\nexport default defineConfig({app: "Demand planning", ${rest}});\n`;
  if (/^(flows|gateway|allowDefinitions): /.test(code))
    return config(`datasets: {"employment-latest": {dataset: "Employment forecast"}}, ${code}`);
  if (/^"[\w-]+": /.test(code)) return config(`datasets: {${code}}`);
  return code;
}

/** Samples that Node runs, but for configs and loaders, which other programs import. */
export const scriptSamples = samples.filter(
  ({page, language, code}) =>
    language === "ts" &&
    !runElsewhere.includes(page) &&
    !whole({code}).includes("export default") &&
    !code.includes("await load(") &&
    canRun(code)
);
