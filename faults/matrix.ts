// The matrix as Markdown.

export interface Table {
  title: string;
  about: string;
  /** The first one heads the rows' names. */
  columns: string[];
  rows: string[][];
}

/** Pipes would end a cell. */
const cell = (text: string) => text.replaceAll("|", "\\|");

export function tableText({title, about, columns, rows}: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [
    `## ${title}`,
    about,
    "",
    ...(rows.length > 0 ? [line(columns), line(columns.map(() => "---")), ...rows.map(line), ""] : [])
  ].join("\n");
}

/** A line of what was told, as a cell has it. */
export const shortened = (line: string, root: string): string => {
  const text = line.trim().replaceAll(root, "…");
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
};
