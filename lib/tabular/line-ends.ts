// Files whose lines end in more than one way, LF here and CRLF there, such as several files put into one. pandas reads them. DuckDB does
// only where it is told to take any line end, and then it also takes quotes that aren't closed, and drops values that are too many. So
// such a file is first checked here.
import {createReadStream} from "node:fs";
import {CsvError} from "./csv-error.js";
import {csvFault, unclosedQuote, wrongCount} from "./csv-fault.js";
import {maxLine, type CsvRecord, type LineEnd} from "./csv-source.js";

/**
 * Reads a file by its header's line end; should that fail as it does for a file that mixes them, then by any.
 * @param read gets the line end that `csvSource` takes; it must be able to start over
 */
export async function byLineEnds<T>(
  path: string,
  {fields, lineEnd}: CsvRecord,
  read: (lineEnd: LineEnd) => Promise<T>
): Promise<T> {
  const isMixed = () => mixesLineEnds(path, lineEnd, fields.length);
  if ((await mayHideLineEnds(path, lineEnd)) && (await isMixed())) return read("mixed");
  try {
    return await read(lineEnd);
  } catch (error) {
    const mayBeMixed = error instanceof Error && csvFault(error.message) !== undefined;
    if (!mayBeMixed || !(await isMixed())) throw error;
    return read("mixed");
  }
}

/**
 * Whether the file may mix line ends without an error of DuckDB: at a lone CR in a file with CRLF a line ends, but the blanks after it
 * are lost.
 */
export async function mayHideLineEnds(path: string, lineEnd: LineEnd): Promise<boolean> {
  return lineEnd === "\r\n" && someChunk(path, hasLoneReturn);
}

/**
 * Whether records of a file end in another way than the first one, which ends in `lineEnd`. Throws `CsvError` with the line for such a
 * file where a quote isn't closed, or a record after the first `skip` ones hasn't as many values as there are columns.
 */
export async function mixesLineEnds(
  path: string,
  lineEnd: LineEnd,
  columns: number,
  skip = 0
): Promise<boolean> {
  const mayBe = hasOther[lineEnd];
  if (!mayBe || !(await someChunk(path, mayBe))) return false;
  let isMixed = false;
  let first: CsvError | undefined;
  let at = 0;
  for await (const {line, values, lastIsEmpty, end} of records(path)) {
    isMixed ||= end !== "" && end !== lineEnd;
    // DuckDB takes a comma at the end for none, and a line without anything for no record.
    const isBlank = values === 1 && lastIsEmpty;
    const isRight = values === columns || (values === columns + 1 && lastIsEmpty);
    if (at++ >= skip && !isBlank && !isRight) first ??= fault(line, wrongCount(values, columns));
    if (isMixed && first) throw first;
  }
  return isMixed;
}

const fault = (line: number, reason: string) =>
  new CsvError(`line ${line} of the dataset's CSV can't be read: ${reason}`, {line});

interface Scanned {
  /** The line that it begins on, counted from 1. */
  line: number;
  values: number;
  lastIsEmpty: boolean;
  /** What ends it: "" at the end of the file. */
  end: string;
}

const field = /( *"[^"]*(?:""[^"]*)*" *|(?! *")[^,\r\n]*)(,|\r\n|\r|\n|$)/y;

/** The records of a file, as DuckDB parts them. Throws where a quote isn't closed, or something comes after it. */
async function* records(path: string): AsyncGenerator<Scanned> {
  let text = "";
  let [line, breaks, values] = [1, 0, 0];
  const parts = function* (isLast: boolean): Generator<Scanned> {
    field.lastIndex = 0;
    for (let at = 0; ; at = field.lastIndex) {
      field.lastIndex = at;
      const [all, value = "", end = ""] = field.exec(text) ?? [];
      const isCut = !isLast && (end === "" || (end === "\r" && field.lastIndex === text.length));
      if (all === undefined || isCut) {
        text = text.slice(at);
        return;
      }
      values++;
      if (value.includes('"')) breaks += value.split(/\r\n|\r|\n/).length - 1;
      if (end === ",") continue;
      if (end === "") text = "";
      if (end === "" && values === 1 && value === "") return;
      yield {line, values, lastIsEmpty: value === "", end};
      if (end === "") return;
      line += breaks + 1;
      [breaks, values] = [0, 0];
    }
  };
  // Byte for byte: what parts fields is ASCII.
  for await (const chunk of createReadStream(path, {highWaterMark, encoding: "latin1"})) {
    text += String(chunk);
    yield* parts(false);
    if (text.length > maxLine) break;
  }
  yield* parts(true);
  if (text !== "") throw fault(line, unclosedQuote);
}

const highWaterMark = 1 << 20;
const [LF, CR] = [0x0a, 0x0d];

/** Whether bytes of a file whose header ends so have a line end of another kind, in quotes or not. */
const hasOther: Record<string, (bytes: Buffer) => boolean> = {
  "\n": (bytes) => bytes.includes(CR),
  "\r": (bytes) => bytes.includes(LF),
  "\r\n": (bytes) => hasLoneReturn(bytes) || hasLoneNewline(bytes)
};

function hasLoneReturn(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(CR); at >= 0 && at < bytes.length - 1; at = bytes.indexOf(CR, at + 2))
    if (bytes[at + 1] !== LF) return true;
  return false;
}

function hasLoneNewline(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(LF, 1); at >= 0; at = bytes.indexOf(LF, at + 1))
    if (bytes[at - 1] !== CR) return true;
  return false;
}

/** Whether some chunk of the file is so; each begins with the last byte of the one before. */
async function someChunk(path: string, is: (bytes: Buffer) => boolean): Promise<boolean> {
  let last: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, {highWaterMark}) as AsyncIterable<Buffer>) {
    if (is(chunk) || is(Buffer.concat([last, chunk.subarray(0, 1)]))) return true;
    last = chunk.subarray(-1);
  }
  return false;
}
