// What a workbook's cells mean: texts are kept apart, and a date is a number whose style says so. ECMA-376, part 1,
// sections 18.3 (sheets), 18.4 (strings) and 18.8 (styles).
import type {Archive} from "./zip.js";
import {readXml} from "./xml.js";

/** The texts that cells refer to by number. Phonetic readings beside them are left out. */
export async function sharedStrings(archive: Archive): Promise<string[]> {
  const strings: string[] = [];
  if (!archive.has("xl/sharedStrings.xml")) return strings;
  let current = "";
  let inText = false;
  let phonetic = false;
  await readXml(archive.read("xl/sharedStrings.xml"), {
    open: (name) => {
      if (name === "si") current = "";
      if (name === "rPh") phonetic = true;
      inText = name === "t" && !phonetic;
    },
    close: (name) => {
      if (name === "si") strings.push(current);
      if (name === "rPh") phonetic = false;
      if (name === "t") inText = false;
    },
    text: (text) => {
      if (inText) current += text;
    }
  });
  return strings;
}

/** For each style, by number, whether it shows a number as a date or time. */
export async function dateStyles(archive: Archive): Promise<boolean[]> {
  const styles: boolean[] = [];
  if (!archive.has("xl/styles.xml")) return styles;
  const formats = new Map<string, string>();
  let inCells = false;
  await readXml(archive.read("xl/styles.xml"), {
    open: (name, attributes) => {
      if (name === "numFmt") formats.set(attributes.numFmtId ?? "", attributes.formatCode ?? "");
      if (name === "cellXfs") inCells = true;
      if (name === "xf" && inCells) {
        const id = attributes.numFmtId ?? "0";
        styles.push(isDate(Number(id), formats.get(id)));
      }
    },
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    }
  });
  return styles;
}

/** Section 18.8.30: the formats that every workbook has, and what stands for parts of a date in others. */
function isDate(id: number, code: string | undefined): boolean {
  if (code === undefined)
    return (
      (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
    );
  const [positive = ""] = code.split(";");
  return /[ymdhs]/i.test(positive.replaceAll(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]/gi, ""));
}

const day = 86_400_000;

/** A date's number as ISO 8601: days, and the part of a day, since 1900 or 1904; a time alone where there is no day. */
export function dateText(serial: number, since1904: boolean): string {
  // The calendar of 1900 has a 29th of February, which there never was.
  const days = since1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial;
  const iso = new Date(Math.round((days - 25_569) * 86_400) * 1000).toISOString();
  if (serial < 1) return iso.slice(11, 19);
  return Math.round((serial * day) / 1000) % 86_400 === 0
    ? iso.slice(0, 10)
    : iso.slice(0, 19).replace("T", " ");
}
