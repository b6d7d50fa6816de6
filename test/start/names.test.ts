// Names from outside, whatever they hold, as keys, titles and strings of the files that are written.
import {createRequire} from "node:module";
import {runInThisContext} from "node:vm";
import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {fileNameProblem} from "../../lib/config/file-name.js";
import {
  linkText,
  markdownText,
  plainText,
  scriptKey,
  scriptString,
  templateLiteral,
  yamlString
} from "../../lib/start/escape.js";
import {keyOf, Keys} from "../../lib/start/keys.js";
import {hostileNames} from "./hostile.js";

const names = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.string({unit: "binary", maxLength: 120}),
  fc.string({unit: fc.constantFrom(..."`${}\\\"'<>/.#*_[]()!|~\n\r-+=1. ab"), maxLength: 40})
);
/** What Framework reads pages with. */
const ofFramework = createRequire(
  createRequire(import.meta.url).resolve("@observablehq/framework/package.json")
);
const matter = ofFramework("gray-matter") as (text: string) => {data: unknown};
interface Token {
  type: string;
  content: string;
  attrs: [name: string, value: string][] | null;
  children: Token[] | null;
}
const MarkdownIt = ofFramework("markdown-it") as new (options: object) => {
  parse: (text: string, env: object) => Token[];
};

const evaluate = (code: string): unknown => runInThisContext(`(${code})`);
/** As UTF-8 keeps it. */
const kept = (text: string) => Buffer.from(text).toString();

describe("keys", () => {
  it("are safe names of files", () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(fileNameProblem(keyOf(name, "dataset"))).toBeUndefined();
      })
    );
  });

  it("name no two files alike, with the endings of each, whatever casing a system tells apart", () => {
    const lists = fc.array(fc.tuple(names, fc.constantFrom(["-first", "-accuracy"], ["-sample"], [])), {
      maxLength: 30
    });
    fc.assert(
      fc.property(lists, (all) => {
        const keys = new Keys(["Taken"]);
        const files = all.flatMap(([name, endings]) => {
          const key = keys.claim(name, "dataset", endings);
          return ["", ...endings].map((ending) => (key + ending).normalize("NFC").toLowerCase());
        });
        expect(new Set(files).size).toBe(files.length);
        for (const own of ["taken", "catalog", "flows", "specs"]) expect(files).not.toContain(own);
      })
    );
  });

  it("say what the name says", () => {
    expect(keyOf("Demand forecast (v2)", "dataset")).toBe("demand-forecast-v2");
    expect(keyOf("Prévision été", "dataset")).toBe("prévision-été");
    expect(keyOf("../../etc/passwd", "dataset")).toBe("etc-passwd");
    expect(keyOf("😀", "dataset")).toBe("dataset");
    const keys = new Keys();
    expect(["Sales", "sales", "SALES!"].map((name) => keys.claim(name, "dataset"))).toEqual([
      "sales",
      "sales-2",
      "sales-3"
    ]);
  });
});

describe("titles", () => {
  it("are one line that isn't empty", () => {
    fc.assert(
      fc.property(names, (name) => {
        const title = plainText(name);
        expect(title).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]|^\s|\s$|^$/u);
        expect(Array.from(title).length).toBeLessThanOrEqual(80);
      })
    );
  });

  it("are the same text once Markdown is read, and nothing but text", () => {
    const markdown = new MarkdownIt({html: true, linkify: true});
    fc.assert(
      fc.property(names, (name) => {
        const source = markdownText(name);
        expect(source).not.toMatch(/\$\{/);
        const tokens = markdown.parse(`# ${source}`, {});
        expect(tokens.map(({type}) => type)).toEqual(["heading_open", "inline", "heading_close"]);
        expect(new Set(tokens[1]!.children!.map(({type}) => type))).toEqual(new Set(["text"]));
        expect(tokens[1]!.children!.map(({content}) => content).join("")).toBe(plainText(name));
      })
    );
  });

  it("stand in links that lead to the page as its file is named", () => {
    const markdown = new MarkdownIt({html: true, linkify: true});
    fc.assert(
      fc.property(names, names, (name, title) => {
        const path = `tables/${keyOf(name, "dataset")}`;
        const [, {children}] = markdown.parse(linkText(title, path), {}) as [unknown, {children: Token[]}];
        const [open, ...rest] = children;
        const href = open!.attrs?.[0]?.[1] ?? /^<a href="([^"]*)">$/.exec(open!.content)?.[1];
        expect(href).toBe(`./${path}`);
        expect(
          rest
            .slice(0, -1)
            .map(({content}) => content)
            .join("")
        ).toBe(plainText(title));
      })
    );
  });

  it("leave usual names as they are", () =>
    expect(markdownText("Demand forecast (v2), 2024")).toBe("Demand forecast (v2), 2024"));
});

describe("strings", () => {
  it("are the same text once they are run", () => {
    fc.assert(
      fc.property(names, (name) => {
        expect(evaluate(scriptString(name))).toBe(kept(name));
        expect(evaluate(templateLiteral(name))).toBe(kept(name));
        expect(Object.keys(evaluate(`({${scriptKey(kept(name))}: 1})`) as object)).toEqual([kept(name)]);
        expect(matter(`---\ntitle: ${yamlString(plainText(name))}\n---\n`).data).toEqual({
          title: plainText(name)
        });
        expect(scriptString(name)).not.toContain("<");
      })
    );
  });
});
