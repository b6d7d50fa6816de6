// Markdown as the tests of documents see it: sections, and the blocks of code and tables in them.

export interface Block {
  /** What stands behind the opening fence, or `table`. */
  language: string;
  text: string;
  /** The first line of the text in the document, counted from 1. */
  line: number;
}

export interface Section {
  /** Without its level, which differs between editions of a document. */
  title: string;
  blocks: Block[];
}

/** Every section in order, with or without blocks. What stands before the first heading is left out. */
export function sections(markdown: string): Section[] {
  const found: Section[] = [];
  let open: {language: string; line: number; lines: string[]} | undefined;
  const close = () => {
    if (!open) return;
    const {language, line, lines} = open;
    found.at(-1)?.blocks.push({language, line, text: lines.join("\n")});
    open = undefined;
  };
  for (const [i, line] of [...markdown.split(/\r?\n/), ""].entries()) {
    if (open && open.language !== "table") {
      if (line === "```") close();
      else open.lines.push(line);
      continue;
    }
    if (line.startsWith("|")) {
      open ??= {language: "table", line: i + 1, lines: []};
      open.lines.push(line);
      continue;
    }
    close();
    const heading = /^#+ (.+)/.exec(line)?.[1];
    if (heading) found.push({title: heading.trim(), blocks: []});
    if (line.startsWith("```")) open = {language: line.slice(3), line: i + 2, lines: []};
  }
  return found;
}
