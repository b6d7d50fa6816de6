// Random statements over the table `t` of the lazy tables' test: filters of all kinds, groups, orders, joins, windows and subqueries.
import fc from "fast-check";

/** The columns of the table, with values as SQL: some that occur, some at the ends of row groups, some beyond all. */
const values: Record<string, string[]> = {
  sku: ["'sku-00'", "'sku-03'", "'sku-11'", "'sku-1'", "'zzz'", "''", "'it''s AND x'", "'sku-0\n'"],
  month: [
    "TIMESTAMP '2015-01-01'",
    "TIMESTAMP '2016-03-01'",
    "TIMESTAMP '2019-12-31 23:59:59'",
    "TIMESTAMP '1900-01-01'"
  ],
  zoned: ["TIMESTAMPTZ '2015-06-01 00:00:00+00'", "TIMESTAMPTZ '2030-01-01 00:00:00+00'"],
  day: ["DATE '2015-01-01'", "DATE '2015-01-20'", "DATE '2050-01-01'"],
  k: ["0", "3", "6", "-1", "100", "2.5"],
  n: ["0", "2047", "2048", "11000", "24575", "24576", "-5", "9007199254740993"],
  v: ["0", "0.5", "-0.0", "100.25", "1e300", "'NaN'::DOUBLE", "'-Infinity'::DOUBLE"],
  f: ["0.1", "0.5", "99.75", "-1"],
  price: ["0.125", "100", "-3.5"],
  u: ["0", "18446744073709551615", "9223372036854775808", "17"],
  flag: ["true", "false"],
  note: ["'n0'", "'n7'", "'é'", "'N7'"],
  "odd, name": ["1", "5", "99"]
};
const columns = Object.keys(values);
const quoted = (column: string) => (/^\w+$/.test(column) ? column : `"${column}"`);

const column = fc.constantFrom(...columns);
const operator = fc.constantFrom("=", "<", "<=", ">", ">=", "<>");
const valueOf = (column: string) => fc.constantFrom(...values[column]!);

const comparisonOf = (names: string[]) =>
  fc.constantFrom(...names).chain((name) =>
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.tuple(operator, valueOf(name)).map(([op, value]) => `${quoted(name)} ${op} ${value}`)
      },
      valueOf(name).map((value) => `${value} < ${quoted(name)}`),
      fc.tuple(valueOf(name), valueOf(name)).map(([a, b]) => `${quoted(name)} BETWEEN ${a} AND ${b}`),
      fc
        .array(valueOf(name), {minLength: 1, maxLength: 9})
        .map((list) => `${quoted(name)} IN (${list.join(", ")})`),
      valueOf(name).map((value) => `${quoted(name)} NOT IN (${value})`),
      valueOf(name).map((value) => `${quoted(name)} IS DISTINCT FROM ${value}`),
      fc.constantFrom(`${quoted(name)} IS NULL`, `${quoted(name)} IS NOT NULL`)
    )
  );
const computed = fc.constantFrom(
  "sku LIKE 'sku-0%'",
  "n % 2 = 0",
  "st.x > 11000",
  "list_contains(tags, 3)",
  "upper(sku) = 'SKU-03'",
  "CASE WHEN k > 3 AND n > 100 THEN flag ELSE true END",
  "coalesce(note, 'n0') = 'n0'",
  "k = n % 7"
);
const subquery = fc.constantFrom(
  "sku IN (SELECT sku FROM t WHERE k = 3 AND n < 4000)",
  "n > (SELECT avg(n) FROM t)",
  "EXISTS (SELECT 1 FROM t o WHERE o.n = 7 * k AND o.flag)"
);
const {condition} = fc.letrec<{condition: string}>((tie) => ({
  condition: fc.oneof(
    {maxDepth: 3, withCrossShrink: true},
    {weight: 6, arbitrary: comparisonOf(columns)},
    {weight: 1, arbitrary: fc.oneof(computed, subquery)},
    {weight: 2, arbitrary: fc.tuple(tie("condition"), tie("condition")).map(([a, b]) => `(${a} AND ${b})`)},
    {weight: 2, arbitrary: fc.tuple(tie("condition"), tie("condition")).map(([a, b]) => `(${a} OR ${b})`)},
    {weight: 1, arbitrary: tie("condition").map((a) => `NOT (${a})`)}
  )
}));
/** After these DuckDB keeps the rows' order; not after an OR, of which the rows of one side come first, nor after a subquery, which is a join. */
const orderly = fc
  .array(fc.oneof(comparisonOf(columns), computed), {maxLength: 3})
  .map((list) => (list.length ? `WHERE ${list.join(" AND ")}` : ""));
const where = fc.option(condition, {freq: 8, nil: undefined}).map((text) => (text ? `WHERE ${text}` : ""));
const some = fc
  .uniqueArray(column, {minLength: 1, maxLength: 4})
  .map((names) => names.map(quoted).join(", "));
const limit = fc.constantFrom("", "", "LIMIT 5", "LIMIT 7 OFFSET 4090");
// Of integers and halves alone, so that no order of adding changes the sum.
const measures = fc.constantFrom(
  "count(*)",
  "count(note), sum(n)",
  "sum(k), min(sku), max(month)",
  "max(u), min(day)",
  "sum(price)",
  "count(*) FILTER (flag)",
  "count(DISTINCT sku)",
  "min(v), max(f)"
);

/** Each has one right answer, in one order. */
export const randomStatement: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(some, orderly, limit).map(([list, rows, limit]) => `SELECT ${list} FROM t ${rows} ${limit}`),
  fc.tuple(orderly, limit).map(([rows, limit]) => `FROM t ${rows} ${limit || "LIMIT 20"}`),
  fc
    .tuple(some, where, limit)
    .map(([list, rows, limit]) => `SELECT ${list} FROM t ${rows} ORDER BY ${list}, n ${limit}`),
  fc.tuple(measures, where).map(([list, rows]) => `SELECT ${list} FROM t ${rows}`),
  fc
    .tuple(fc.constantFrom("sku", "k", "sku, flag", "month", `"odd, name"`), measures, where)
    .map(([by, list, rows]) => `SELECT ${by}, ${list} FROM t ${rows} GROUP BY ${by} ORDER BY ${by}`),
  fc.tuple(some, where).map(([list, rows]) => `SELECT DISTINCT ${list} FROM t ${rows} ORDER BY ALL LIMIT 50`),
  fc.tuple(condition, condition).map(
    ([a, b]) => `WITH a AS (SELECT * FROM t WHERE ${a}), b AS (SELECT * FROM t WHERE ${b})
      SELECT count(*), sum(a.n), max(b.sku) FROM a JOIN b USING (n)`
  ),
  fc
    .tuple(condition, where)
    .map(
      ([a, rows]) =>
        `SELECT count(*), count(o.k) FROM (SELECT * FROM t ${rows}) s LEFT JOIN (SELECT * FROM t WHERE ${a}) o ON s.n = o.n + 1`
    ),
  where.map(
    (rows) =>
      `SELECT n, row_number() OVER (PARTITION BY sku ORDER BY n) AS r FROM t ${rows} QUALIFY r < 3 ORDER BY n`
  ),
  comparisonOf(["n", "k", "sku", "note"]).map(
    (a) =>
      `SELECT * FROM (SELECT n AS k, k AS n, sku AS note, note AS sku FROM t) WHERE ${a} ORDER BY k LIMIT 30`
  ),
  where.map((rows) => `SELECT sku, k, count(*) AS c FROM seen ${rows} GROUP BY ALL ORDER BY ALL`), // a view
  fc
    .tuple(some, orderly)
    .map(([list, rows]) => `SELECT ${list} FROM t ${rows} UNION ALL SELECT ${list} FROM t ${rows} LIMIT 300`)
);
