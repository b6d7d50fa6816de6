// Turns a sheet of an xlsx workbook into CSV, row by row, so that memory grows with the workbook's texts alone.
import {closeSync, openSync, writeSync} from "node:fs";
import {FacetError} from "../failure.js";
import {listNearest} from "../nearest.js";
import {dateStyles, dateText, sharedStrings} from "./cells.js";
import {readXml} from "./xml.js";
import {type Archive, openArchive} from "./zip.js";

const maxColumns = 10_000;
/** Bytes of the CSV: a few that the workbook holds once may be in a million of its cells. */
const maxCsv = 256 * 2 ** 20;

/**
 * Writes the sheet of a name, or the first one, as CSV to `to`, and gives that path back. Rows without any value are left
 * out, and all rows are as long as the longest. Throws a FacetError where the file is no workbook, or too large.
 */
export async function writeCsvOfWorkbook(from: string, to: string, sheetName?: string): Promise<string> {
  const archive = await openArchive(from);
  try {
    return await writeSheet(archive, to, sheetName);
  } finally {
    archive.close();
  }
}

async function writeSheet(archive: Archive, to: string, sheetName: string | undefined): Promise<string> {
  const {sheets, since1904} = await readWorkbook(archive);
  const sheet = sheetName ? sheets.find(({name}) => name === sheetName) : sheets[0];
  if (!sheet) {
    const names = sheets.map(({name}) => name);
    throw new FacetError(
      sheetName
        ? `the workbook has no sheet '${sheetName}'; it has: ${listNearest(sheetName, names)}`
        : "the workbook has no sheet"
    );
  }
  const context = {strings: await sharedStrings(archive), dates: await dateStyles(archive), since1904};
  let width = 0;
  await eachRow(archive, sheet.part, context, (row) => {
    width = Math.max(width, row.length);
  });
  if (width > maxColumns)
    throw new FacetError(`the sheet has ${width} columns; a dataset can have at most ${maxColumns}`);
  // Written at once rather than gathered: a text that stands in many cells would fill the memory before the next pause.
  const file = openSync(to, "w");
  let [waiting, written] = ["", 0];
  const flush = () => {
    writeSync(file, waiting);
    waiting = "";
  };
  try {
    await eachRow(archive, sheet.part, context, (row) => {
      const line = Array.from({length: width}, (_, i) => field(row[i] ?? "")).join(",") + "\n";
      written += line.length;
      if (written > maxCsv) {
        throw new FacetError(`the sheet makes more than ${maxCsv / 2 ** 20} MB of CSV: import it as csv`);
      }
      waiting += line;
      if (waiting.length > 2 ** 16) flush();
    });
    flush();
  } finally {
    closeSync(file);
  }
  return to;
}

const field = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

async function readWorkbook(archive: Archive) {
  const targets = new Map<string, string>();
  await readXml(archive.read("xl/_rels/workbook.xml.rels"), {
    open: (name, attributes) => {
      const target = attributes.Target;
      if (name === "Relationship" && target) targets.set(attributes.Id ?? "", target);
    }
  });
  const sheets: {name: string; part: string}[] = [];
  let since1904 = false;
  await readXml(archive.read("xl/workbook.xml"), {
    open: (name, attributes) => {
      if (name === "workbookPr") since1904 = /^(1|true)$/.test(attributes.date1904 ?? "");
      if (name !== "sheet") return;
      const target = targets.get(attributes.id ?? "") ?? "";
      const part = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
      // Charts are sheets too, and have no cells.
      if (part.includes("worksheets/")) sheets.push({name: attributes.name ?? "", part});
    }
  });
  return {sheets, since1904};
}

interface Context {
  strings: string[];
  dates: boolean[];
  since1904: boolean;
}

/** Visits the rows that hold anything. */
async function eachRow(
  archive: Archive,
  part: string,
  context: Context,
  visit: (row: string[]) => void
): Promise<void> {
  let row: string[] = [];
  let cell = {column: 0, type: "", style: 0, text: ""};
  let inValue = false;
  await readXml(archive.read(part), {
    open: (name, attributes) => {
      if (name === "row") row = [];
      else if (name === "c") {
        const place = attributes.r;
        cell = {
          column: place ? columnIndex(place) : row.length,
          type: attributes.t ?? "n",
          style: Number(attributes.s ?? 0),
          text: ""
        };
      } else if (name === "v" || name === "t") inValue = true;
    },
    text: (text) => {
      if (inValue) cell.text += text;
    },
    close: (name) => {
      if (name === "v" || name === "t") inValue = false;
      else if (name === "c") {
        const value = cellValue(cell, context);
        if (value === "") return;
        if (cell.column >= maxColumns)
          throw new FacetError(
            `the sheet has more than ${maxColumns} columns, the most that a dataset can have`
          );
        while (row.length < cell.column) row.push("");
        row[cell.column] = value;
      } else if (name === "row" && row.length > 0) visit(row);
    }
  });
}

/** `C7` is the column 2. */
function columnIndex(place: string): number {
  let index = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(place)?.[0] ?? "A") index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

function cellValue(
  {type, style, text}: {type: string; style: number; text: string},
  {strings, dates, since1904}: Context
): string {
  switch (type) {
    case "s":
      return strings[Number(text)] ?? "";
    case "b":
      return text === "1" ? "true" : text === "0" ? "false" : "";
    case "e":
      return "";
    case "n": {
      const serial = Number(text);
      return text !== "" && dates[style] && serial >= 0 && serial < 2_958_466
        ? dateText(serial, since1904)
        : text;
    }
    default:
      return text;
  }
}
