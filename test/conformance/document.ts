// The Python client's documentation, cut into sections and their blocks: Python (code, or what it prints) and tables.
import {execFileSync} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {sections as markdownSections} from "../document/markdown.js";

export interface Section {
  /** Without its level, which differs between editions. */
  title: string;
  blocks: string[];
}

/** The user's own edition, where it lies beside the repository, and the one that the installed package carries. */
export type Edition = "beside the repository" | "of the package";

/** Where the user's own edition lies, if it does. */
export const beside = join(import.meta.dirname, "../../../shared/ikigai-python-readme.md");

/** The editions at hand. */
export const editions: Edition[] = existsSync(beside)
  ? ["beside the repository", "of the package"]
  : ["of the package"];

/** @param python the interpreter that has the package */
export function readDocument(edition: Edition, python: string): Section[] {
  if (edition === "beside the repository") return sections(readFileSync(beside, "utf8"));
  const question = "import importlib.metadata as m; print(m.distribution('ikigai').read_text('METADATA'))";
  const env = {...process.env, PYTHONIOENCODING: "utf-8"};
  const metadata = execFileSync(python, ["-c", question], {encoding: "utf8", env});
  return sections(metadata.slice(metadata.indexOf("\n\n")));
}

/** The sections that hold blocks, in order. Blocks of other languages (shell) are left out. */
export const sections = (markdown: string): Section[] =>
  markdownSections(markdown)
    .map(({title, blocks}) => ({
      title,
      blocks: blocks.filter(({language}) => ["py", "table"].includes(language)).map(({text}) => text)
    }))
    .filter(({blocks}) => blocks.length > 0);

/** A title's identity: editions differ in an article or an "and". */
export const titleKey = (title: string) =>
  title
    .toLowerCase()
    .replaceAll("&", "and")
    .replaceAll(/\b(a|the)\b/g, "")
    .replaceAll(/[^a-z]/g, "");
