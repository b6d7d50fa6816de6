// Any value of any type, plain or nested, comes back from each format as it went in, or as docs/loaders.md has it.
import fc from "fast-check";
import type {DataType, Table, Vector} from "apache-arrow";
import {expect, it} from "vitest";
import {formats} from "../../lib/tabular/formats.js";
import {literal} from "../../lib/tabular/quote.js";
import {show} from "./show.js";
import {readAs, written} from "./written.js";

/** A value as SQL, and how it reads: the same text whatever type a format has for it. */
interface Value {
  sql: string;
  text: string;
}

interface Kind {
  type: string;
  value: fc.Arbitrary<Value>;
}

const integers = (type: string, bits: bigint, isSigned: boolean): Kind => ({
  type,
  value: fc
    .oneof(
      fc.bigInt({
        min: isSigned ? -(2n ** (bits - 1n)) : 0n,
        max: 2n ** (isSigned ? bits - 1n : bits) - 1n
      }),
      fc.bigInt({min: isSigned ? -99n : 0n, max: 99n})
    )
    .map((value) => ({sql: `'${value}'::${type}`, text: String(value)}))
});

const decimals = fc.integer({min: 1, max: 38}).chain((width) =>
  fc.integer({min: 0, max: width}).map((scale): Kind => ({
    type: `DECIMAL(${width}, ${scale})`,
    value: fc.bigInt({min: -(10n ** BigInt(width)) + 1n, max: 10n ** BigInt(width) - 1n}).map((unscaled) => {
      const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
      const point = digits.length - scale;
      const text = `${unscaled < 0n ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}`;
      return {sql: `'${text}'::DECIMAL(${width}, ${scale})`, text: plain(text)};
    })
  }))
);

const kind = (type: string, value: fc.Arbitrary<Value>) => fc.constant<Kind>({type, value});
const isoTimes = fc
  .date({min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true})
  .map((date) => date.toISOString());

const scalar: fc.Arbitrary<Kind> = fc.oneof(
  fc.constantFrom(
    integers("TINYINT", 8n, true),
    integers("INTEGER", 32n, true),
    integers("UINTEGER", 32n, false),
    integers("BIGINT", 64n, true),
    integers("UBIGINT", 64n, false),
    integers("HUGEINT", 128n, true),
    integers("UHUGEINT", 128n, false)
  ),
  decimals,
  kind(
    "DOUBLE",
    fc.double({noNaN: true, noDefaultInfinity: true}).map((value) => ({
      sql: `'${Object.is(value, -0) ? "-0.0" : value}'::DOUBLE`,
      text: plain(String(value))
    }))
  ),
  kind(
    "VARCHAR",
    fc
      .string({unit: "grapheme"})
      // Apache Arrow drops a byte order mark, and SQL has no text with a NUL in it.
      .filter((text) => !/[\0\ufeff\p{Cs}]/u.test(text))
      .map((text) => ({sql: `${literal(text)}::VARCHAR`, text: JSON.stringify(text)}))
  ),
  kind(
    "BOOLEAN",
    fc.boolean().map((value) => ({sql: String(value), text: String(value)}))
  ),
  kind(
    "TIMESTAMP",
    isoTimes.map((time) => ({sql: `TIMESTAMP '${time.replace("T", " ").replace("Z", "")}'`, text: time}))
  ),
  kind(
    "DATE",
    isoTimes.map((time) => ({sql: `DATE '${time.slice(0, 10)}'`, text: `${time.slice(0, 10)}T00:00:00.000Z`}))
  )
);

const withNulls = ({type, value}: Kind): fc.Arbitrary<Value> =>
  fc.option(value, {freq: 5, nil: {sql: `NULL::${type}`, text: "null"}});

const {any} = fc.letrec<{any: Kind}>((tie) => ({
  any: fc.oneof(
    {maxDepth: 2, depthSize: "small", withCrossShrink: true},
    scalar,
    tie("any").map((item) => ({
      type: `${item.type}[]`,
      value: fc.array(withNulls(item), {maxLength: 4}).map((items) => ({
        sql: `[${items.map(({sql}) => sql).join(", ")}]::${item.type}[]`,
        text: `[${items.map(({text}) => text).join(", ")}]`
      }))
    })),
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => ({
      type: `STRUCT(a ${a.type}, "b b" ${b.type})`,
      value: fc.tuple(withNulls(a), withNulls(b)).map(([one, other]) => ({
        sql: `struct_pack(a := ${one.sql}, "b b" := ${other.sql})`,
        text: `{a: ${one.text}, b b: ${other.text}}`
      }))
    }))
  )
}));

const column = any.chain((kind) =>
  fc.array(withNulls(kind), {minLength: 1, maxLength: 12}).map((values) => ({type: kind.type, values}))
);

/** A number with every digit, without an exponent and without what says nothing. */
function plain(number: string): string {
  const [, sign, whole = "", part = "", exponent = "0"] = /^(-?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/.exec(number)!;
  const digits = whole + part;
  const point = whole.length + Number(exponent);
  const before = point > 0 ? digits.slice(0, point).padEnd(point, "0") : "0";
  const after = point > 0 ? digits.slice(point) : digits.padStart(digits.length - point, "0");
  const text = `${before.replace(/^0+(?=\d)/, "")}.${after}`.replace(/\.?0*$/, "");
  return text === "0" ? text : sign + text;
}

/** What a page has of a value, in the words of `Value.text`. Numbers may be texts. */
function textOf(type: string, value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (type.endsWith("[]"))
    return `[${(value as unknown[]).map((item) => textOf(type.slice(0, -2), item)).join(", ")}]`;
  if (type.startsWith("STRUCT")) {
    const parts = partsOf(type);
    const [a, b] = ["a", "b b"].map((name, i) => textOf(parts[i]!, (value as Record<string, unknown>)[name]));
    return `{a: ${a}, b b: ${b}}`;
  }
  if (type === "TIMESTAMP" || type === "DATE") return new Date(value as string).toISOString();
  if (type === "VARCHAR") return JSON.stringify(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return type === "BOOLEAN" ? text : plain(text);
}

/** The types of a struct's two parts. */
function partsOf(type: string): [string, string] {
  const inside = type.slice("STRUCT(a ".length, -1);
  let depth = 0;
  for (let i = 0; i < inside.length; ++i) {
    if (inside[i] === "(") ++depth;
    if (inside[i] === ")") --depth;
    if (depth === 0 && inside.startsWith(', "b b" ', i)) return [inside.slice(0, i), inside.slice(i + 8)];
  }
  throw new Error(`${type} has no two parts`);
}

/** A table's column as such texts. */
function textsOf(table: Table, type: string): string[] {
  const vector = table.getChild("x") as Vector<DataType>;
  return Array.from(vector, (value) => textOf(type, fromArrow(vector.type, value)));
}

/** A value of Arrow as JSON would have it, its numbers as texts. */
function fromArrow(type: DataType, value: unknown): unknown {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  const children = type.children as {name: string; type: DataType}[] | null;
  if (children?.length === 1 && children[0]!.name !== "a")
    return Array.from(value as Iterable<unknown>, (item) => fromArrow(children[0]!.type, item));
  if (children?.length)
    return Object.fromEntries(
      children.map(({name, type}) => [name, fromArrow(type, (value as Record<string, unknown>)[name])])
    );
  return show(type, value).replace(/n$/, "");
}

it("any column comes back from every format", {timeout: 300_000}, async () => {
  await fc.assert(
    fc.asyncProperty(column, async ({type, values}) => {
      const rows = values.map(({sql}, i) => `SELECT ${i} AS i, ${sql} AS x`).join(" UNION ALL ");
      const statements = `CREATE TABLE result AS SELECT x::${type} AS x, i FROM (${rows}) ORDER BY i`;
      const expected = values.map(({text}) => text);
      for (const format of formats) {
        const {bytes, warnings} = await written(statements, format);
        if (format === "parquet" || format === "arrow") {
          expect(textsOf(readAs[format](bytes), type), format).toEqual(expected);
        } else if (format === "json") {
          expect(
            readAs.json(bytes).map(({x}) => textOf(type, x)),
            format
          ).toEqual(expected);
        } else {
          // CSV has no types, and an empty text is like a missing one to whoever reads it so.
          const isJson = /\[\]$|^STRUCT/.test(type);
          const texts = readAs.csv(bytes).map(({x}) => {
            if (isJson) return x === "" ? "null" : textOf(type, JSON.parse(x!));
            if (x === "") return "null";
            return textOf(type, x);
          });
          expect(texts, format).toEqual(expected.map((text) => (text === '""' && !isJson ? "null" : text)));
        }
        for (const warning of warnings)
          expect(warning).toMatch(/^column "x" is written as text: its numbers/);
      }
    }),
    {numRuns: 60}
  );
});
