// The journal: what it keeps, what it drops, and what it refuses.
import fc from "fast-check";
import {mkdtemp, readFile, rm, stat, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, it, onTestFinished} from "vitest";
import {Journal, writeJournal, type JournalKind} from "../../lib/journal/index.js";

const kind: JournalKind = {
  owner: "kiosk",
  version: 3,
  withoutCopy: "delete it",
  failure: (message) => Object.assign(new Error(message), {status: 500})
};

const nothing = () => undefined;

async function journalFile(transactions: unknown[] = []): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ikigai-journal-"));
  onTestFinished(() => rm(folder, {recursive: true, force: true}));
  const file = join(folder, "journal.jsonl");
  await writeJournal(file, kind, transactions);
  return file;
}

async function replayed(file: string): Promise<unknown[]> {
  const transactions: unknown[] = [];
  const journal = await Journal.open(
    file,
    kind,
    (transaction) => transactions.push(transaction),
    () => transactions
  );
  await journal.close();
  return transactions;
}

describe("the journal", () => {
  it("gives back what was appended, in order", async () => {
    const file = await journalFile([{n: 0}]);
    const journal = await Journal.open(file, kind, nothing, () => []);
    await Promise.all([1, 2, 3].map((n) => journal.append({n, text: "line\nbreak \u2028 \ud800"}, nothing)));
    await journal.append({n: 4}, nothing);
    await journal.close();
    expect((await replayed(file)).map((one) => (one as {n: number}).n)).toEqual([0, 1, 2, 3, 4]);
  });

  it("is a prefix of what was written, wherever a kill cuts it", async () => {
    const transactions = Array.from({length: 5}, (_, n) => ({n, text: "é".repeat(n)}));
    const bytes = await readFile(await journalFile(transactions));
    const first = bytes.indexOf(10) + 1;
    const cut = await journalFile();
    await fc.assert(
      fc.asyncProperty(fc.integer({min: first, max: bytes.length}), async (length) => {
        await writeFile(cut, bytes.subarray(0, length));
        const whole = await replayed(cut);
        expect(whole).toEqual(transactions.slice(0, whole.length));
        // What was torn is gone for good, so that the next line begins a line.
        expect((await readFile(cut)).at(-1)).toBe(10);
      }),
      {numRuns: 40}
    );
  });

  it("refuses any other damage, says where and what to do, and changes nothing", async () => {
    const transactions = Array.from({length: 4}, (_, n) => ({n}));
    const bytes = await readFile(await journalFile(transactions));
    const damaged = await journalFile();
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 2), fc.integer({min: 1, max: 255}), async (at, flip) => {
        const copy = Buffer.from(bytes);
        copy[at]! ^= flip;
        await writeFile(damaged, copy);
        const line = bytes.subarray(0, at).filter((byte) => byte === 10).length + 1;
        await expect(replayed(damaged)).rejects.toThrow(
          new RegExp(`${damaged}, line (${line}|${line + 1}): .*, or delete it\\.$`)
        );
        expect(await readFile(damaged)).toEqual(copy);
      }),
      {numRuns: 60}
    );
  });

  it("refuses a file of another version, and one that is no journal", async () => {
    const file = await journalFile();
    await writeFile(file, "{}\n");
    await expect(replayed(file)).rejects.toThrow("line 1: this is not a line of a journal");
    await writeJournal(file, {...kind, version: 2}, []);
    await expect(replayed(file)).rejects.toThrow("line 1: the journal is of another version than 3");
    await writeJournal(file, {...kind, owner: "stall"}, []);
    await expect(replayed(file)).rejects.toThrow("the one this kiosk reads");
    await writeFile(file, "");
    await expect(replayed(file)).rejects.toThrow("line 1: the journal's first line is missing");
  });

  it("replaces itself with a snapshot when it has grown", async () => {
    const file = await journalFile();
    const memory: unknown[] = [];
    const journal = await Journal.open(file, kind, nothing, () => memory.map((one) => one));
    const text = "x".repeat(3_000_000);
    for (let n = 0; n < 8; n++) {
      memory.splice(0, memory.length, {n});
      await journal.append({n, text}, nothing);
    }
    await journal.close();
    expect((await stat(file)).size).toBeLessThan(14_000_000);
    expect((await replayed(file)).at(-1)).toMatchObject({n: 7});
  });

  it("takes back, newest first, what it could not write", async () => {
    const file = await journalFile();
    const journal = await Journal.open(file, kind, nothing, () => []);
    await journal.close();
    const undone: number[] = [];
    const appended = [1, 2].map((n) => journal.append({n}, () => undone.push(n)));
    for (const result of await Promise.allSettled(appended)) {
      expect(result).toMatchObject({status: "rejected", reason: {status: 500}});
    }
    expect(undone).toEqual([2, 1]);
    await expect(journal.append({n: 3}, () => undone.push(3))).rejects.toThrow(/Restart the kiosk/);
    expect(await replayed(file)).toEqual([]);
  });
});
