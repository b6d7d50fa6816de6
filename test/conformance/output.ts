// What a sample's output must show of the one in the document. Documents are written by people: they wrap, shorten and
// simplify. Each way of comparing takes as much of the document at its word as that leaves.
import {expect} from "vitest";
import {missing} from "./shape.js";
import type {Outcome, PythonSession} from "./session.js";

interface Printed {
  /** The document's block. */
  document: string;
  outcome: Outcome;
  session: PythonSession;
}

export type Check = (printed: Printed) => Promise<void> | void;

/** What the document shows and this client doesn't print, each with the reason. One that is printed after all fails. */
type Deviations = Record<string, string>;

/** Facet ids were eight random digits once and count from 0 now: both are numbered as they appear. */
function squeeze(text: string): string {
  const ids: string[] = [];
  return text
    .replaceAll(/'([0-9a-f]{8})'/g, (_, id: string) => {
      if (!ids.includes(id)) ids.push(id);
      return `'${ids.indexOf(id)}'`;
    })
    .replaceAll(/\s/g, "");
}

/**
 * The document's passages, parted by "...", each in one piece and in order; only spaces and line ends may differ.
 * @param replaced what the document writes otherwise than this client prints it: its words, and the client's
 */
export const text =
  (...replaced: [document: string, client: string][]): Check =>
  ({document, outcome}) => {
    const printed = squeeze(outcome.printed);
    let wanted = squeeze(document.replaceAll(/^\s*\.\.\.\s*$/gm, "\u0000"));
    for (const [theirs, ours] of replaced) {
      expect(printed).not.toContain(squeeze(theirs));
      wanted = wanted.replace(squeeze(theirs), squeeze(ours));
    }
    expect(absent(wanted.split("\u0000").filter(Boolean), printed)).toEqual([]);
  };

/** The document's lines, each in one piece and in order: for a text that the document shortened without saying where. */
export const lines: Check = ({document, outcome}) => {
  const wanted = document.split("\n").map(squeeze);
  expect(
    absent(
      wanted.filter((line) => !["", "..."].includes(line)),
      squeeze(outcome.printed)
    )
  ).toEqual([]);
};

/** The pieces that don't follow in the text, each looked for after the one before. */
function absent(pieces: string[], text: string): string[] {
  let position = 0;
  return pieces.filter((piece) => {
    const found = text.indexOf(piece, position);
    if (found >= 0) position = found + piece.length;
    return found < 0;
  });
}

/** Every value of the document's list. */
export const listed: Check = ({document, outcome}) => {
  const values = [...document.matchAll(/'([^']+)'/g)].map(([quoted]) => quoted);
  expect(values).not.toEqual([]);
  expect(values.filter((value) => !outcome.printed.includes(value))).toEqual([]);
};

/** Every key of the document's dictionaries, as a key of a dictionary or a name in a text. */
export const keys =
  (deviations: Deviations = {}): Check =>
  ({document, outcome}) => {
    const wanted = [...new Set([...document.matchAll(/'([^'\n]+)':/g)].map(([, key]) => key!))];
    const printed = (key: string) =>
      outcome.printed.includes(`'${key}':`) || outcome.printed.includes(`${key}:`);
    expect(wanted).not.toEqual([]);
    expect(wanted.filter((key) => !printed(key))).toEqual(Object.keys(deviations));
  };

/** Each of the document's lines: names that the test's apps have too. */
export const names: Check = ({document, outcome}) => {
  for (const name of document.split("\n")) expect(outcome.printed).toContain(name);
};

/** Everything that the document's values are made of, its kinds and its nesting. */
export const shape =
  ({freeKeys, deviations = {}}: {freeKeys?: string[]; deviations?: Deviations} = {}): Check =>
  async ({document, outcome, session}) => {
    const [wanted, printed] = [await session.shape(document), await session.shape(outcome.printed)];
    if (!wanted) throw new Error(`The document's output is not in Python's notation:\n${document}`);
    if (!printed) throw new Error(`The output is not in Python's notation:\n${outcome.printed}`);
    expect([...new Set(missing(wanted, printed, freeKeys))]).toEqual(Object.keys(deviations));
  };

/** A table's columns and rows, as they are. */
export const rows: Check = ({document, outcome}) => {
  const cells = (line: string) => line.split("|").slice(1, -1).map((cell) => cell.trim()); // prettier-ignore
  const [head, , ...body] = document.split("\n").map(cells);
  const {columns, rows} = outcome.value as {columns: string[]; rows: unknown[][]};
  expect(columns).toEqual(head);
  expect(rows.map((row) => row.map(String))).toEqual(body);
};
