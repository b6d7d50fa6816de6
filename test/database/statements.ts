// Statements whose answers are the same from every engine that reads a page's data: the page's own DuckDB, DuckDB itself and the
// gateway's; and what values of each type are in a page.

/** The rows of a table `forecast`, with nulls, large integers and names that need quoting. */
export const forecastTable = (rows = 3000) => `
SELECT ['Retail trade', 'Mining "and" logging', 'Café'][1 + i % 3] AS sector,
  (DATE '2006-01-01' + INTERVAL (i % 120) MONTH)::TIMESTAMP AS month,
  (DATE '2006-01-01' + INTERVAL (i % 120) MONTH)::DATE AS day,
  CASE WHEN i % 11 = 0 THEN NULL ELSE 1000 + (i * 7919) % 500 + 0.25 END AS actual,
  1000 + (i * 104729) % 500 AS forecast,
  i::BIGINT * 1000003000001 AS big,
  (i % 1000 / 8)::DECIMAL(12, 3) AS price,
  CASE WHEN i % 7 = 0 THEN NULL ELSE ['ets', 'mstl'][1 + i % 2] END AS version,
  i % 5 = 0 AS flagged
FROM range(${rows}) t(i)`;

/** Aggregates of every kind. */
export const summary = `SELECT sector, version, count(*) AS rows, count(actual) AS known, sum(forecast) AS total,
  sum(big) AS big, avg(actual) AS mean, sum(price) AS price, median(actual) AS median, quantile_cont(forecast, 0.9) AS p90,
  min(month) AS first, max(day) AS last, count(*) FILTER (flagged) AS flagged FROM forecast GROUP BY ALL ORDER BY ALL`;

/** Whole statements over `forecast`. */
export const statements = [
  summary,
  "FROM forecast ORDER BY big LIMIT 20",
  "SELECT count(*) AS n FROM forecast",
  "SELECT month, sum(actual) AS actual FROM forecast WHERE month BETWEEN '2007-01-01' AND '2008-01-01' GROUP BY ALL ORDER BY ALL",
  "SELECT f.day, g.day AS other FROM forecast f JOIN forecast g ON f.big = g.big + 1000003000001 ORDER BY f.big LIMIT 5",
  "WITH x AS (SELECT sector, max(forecast) AS m FROM forecast GROUP BY 1) SELECT * FROM x ORDER BY sector",
  "SELECT big, row_number() OVER (PARTITION BY sector ORDER BY big) AS r, lag(forecast) OVER (ORDER BY big) AS before FROM forecast ORDER BY big LIMIT 9",
  "SELECT DISTINCT version FROM forecast ORDER BY version",
  "SELECT sector, list(forecast ORDER BY big)[1:3] AS list, {'n': count(*), 'd': max(day)} AS pair FROM forecast GROUP BY 1 ORDER BY 1",
  "PIVOT (SELECT sector, flagged, price FROM forecast) ON flagged IN (true, false) USING sum(price) GROUP BY sector ORDER BY sector",
  "SELECT sector FROM forecast WHERE false",
  "SELECT max(big) AS a, max(big) AS a FROM forecast",
  "SELECT count(*) AS n FROM forecast WHERE sector LIKE 'M%' AND version IS NOT NULL AND actual > 1200.5",
  "SELECT big FROM forecast WHERE sector = 'Café' ORDER BY big DESC LIMIT 3",
  "SHOW TABLES"
];

/** Values as SQL, and what a page has for each: a bigint here is one there. */
export const values: readonly (readonly [sql: string, value: unknown])[] = [
  ["9007199254740991", 9007199254740991],
  ["9007199254740993", 9007199254740993n],
  ["(SELECT sum(i) FROM range(10) t(i))", 45],
  ["-12.345::DECIMAL(10, 3)", -12.345],
  ["NULL::BIGINT", null],
  ["-170141183460469231731687303715884105727::HUGEINT", "-170141183460469231731687303715884105727"],
  ["18446744073709551615::UBIGINT", 18446744073709551615n],
  ["TIME '10:20:30.5'", "10:20:30.5"],
  ["INTERVAL '1 month 2 days 03:04:05'", "1 month 2 days 03:04:05"],
  ["[INTERVAL 1 DAY]", ["1 day"]],
  ["DATE '1969-12-31'", -86_400_000],
  ["TIMESTAMP '1969-12-31 23:59:59.9995'", -1],
  ["TIMESTAMP_NS '2006-01-01 00:00:01'", Date.UTC(2006, 0, 1, 0, 0, 1)],
  ["TIMESTAMP_S '2006-01-01 00:00:01'", Date.UTC(2006, 0, 1, 0, 0, 1)],
  ["TIMESTAMPTZ '2006-01-01 00:00:00+01'", Date.UTC(2005, 11, 31, 23)],
  ["'infinity'::TIMESTAMP", 8.64e15],
  ["[1::BIGINT, NULL, 3]", [1, null, 3]],
  ["[DATE '2006-01-01']", [Date.UTC(2006, 0, 1)]],
  ["{'a': 5::BIGINT, 'b': 1.5::DECIMAL(3, 1)}", {a: 5, b: 1.5}],
  ["MAP {'k': 7::BIGINT}", {k: 7}],
  ["[[1::BIGINT], []]", [[1], []]],
  ["'b'::ENUM ('a', 'b')", "b"],
  ["'00000000-0000-0000-0000-00000000000a'::UUID", "00000000-0000-0000-0000-00000000000a"],
  ["TRUE", true]
];

/** More values of every type, and what computing with them gives, each an expression of SQL. */
const expressions = [
  ...[
    "NULL",
    "-1::TINYINT",
    "255::UTINYINT",
    "-1::SMALLINT",
    "1::USMALLINT",
    "1",
    "4294967295::UINTEGER",
    "1::BIGINT"
  ],
  ...["-5::HUGEINT", "1::UHUGEINT", "1.5::FLOAT", "1.5", "-1.5"],
  ...[
    "1.5::DECIMAL(38, 10)",
    "-12345678901234567890.5::DECIMAL(38, 10)",
    "1e0",
    "'nan'::DOUBLE",
    "'-inf'::DOUBLE"
  ],
  ...["true", "'x'", "''", "'ü€😀'", "'x'::BLOB", "'101'::BIT", "'10100000001'::BIT"],
  ...["'00000000-0000-0000-0000-000000000001'::UUID", "'ffffffff-0000-0000-0000-000000000001'::UUID"],
  ...["DATE '2020-01-01'", "DATE '0001-01-01'", "TIME '10:00:00.123456'", "TIMETZ '10:00:00+01'"],
  ...[
    "TIMESTAMP '2020-01-01'",
    "TIMESTAMP_MS '2020-01-01'",
    "INTERVAL 1 DAY",
    "INTERVAL '-1 month 2 days -03:04:05.5'"
  ],
  ...["NULL::ENUM('a', 'b')", "['b'::ENUM('a', 'b'), NULL]"],
  ...["[1, 2]", "[1, 2, NULL]::INT[3]", "NULL::INT[3]", "[[1::BIGINT], [], NULL]", "[]", "MAP {}"],
  ...["{'a': 1, 'b': [{'c': 1.5}]}", "NULL::STRUCT(a INT)", "MAP {'a': 1}", "MAP {'a': [1::HUGEINT]}"],
  ...["union_value(num := 2)", "'x'::UNION(num INT, str VARCHAR)", "NULL::UNION(num INT, str VARCHAR)"],
  ...["1 / 0", "1 % 0", "0 / 0", "7 / 2", "7 // 2", "-7 // 2", "-7 % 3", "2 ** 10", "0.1 + 0.2", "1.0 / 3"],
  ...[
    "sum(1)",
    "avg(1)",
    "count(*)",
    "sum(1.5)",
    "avg(1.5)",
    "median(1)",
    "mode('a')",
    "list(1)",
    "stddev(1)"
  ],
  ...[
    "sum(1::HUGEINT)",
    "histogram(1)",
    "quantile_cont(1, 0.5)",
    "string_agg('a', ',')",
    "count(DISTINCT 1)"
  ],
  ...[
    "date_trunc('month', DATE '2020-01-05')",
    "DATE '2020-01-05' + 1",
    "DATE '2020-01-05' - DATE '2020-01-01'"
  ],
  ...["TIMESTAMP '2020-01-05' - TIMESTAMP '2020-01-01'", "date_part('year', DATE '2020-01-01')"],
  ...["date_diff('day', DATE '2020-01-01', DATE '2020-02-01')", "strftime(DATE '2020-01-01', '%d/%m/%Y')"],
  ...["round(1.255, 2)", "round(2.5)", "2.5::INT", "hash(1)", "md5('a')", "typeof(sum(1))", "1e20::VARCHAR"],
  ...[
    "list_transform([1, 2], x -> x + 1)",
    "string_split('a,b', ',')",
    "[1, NULL]::VARCHAR",
    "greatest(1, 2.5)"
  ],
  ...[
    "TRY_CAST('x' AS INT)",
    "time_bucket(INTERVAL 1 DAY, TIMESTAMP '2020-01-01 05:00:00')",
    "printf('%.2f', 1.5)"
  ]
];

/** All of it as statements. */
export const everyStatement = [
  ...statements,
  ...[...values.map(([sql]) => sql), ...expressions].map(
    (expression) => `SELECT ${expression} AS v FROM (VALUES (1)) t(x)`
  )
];
