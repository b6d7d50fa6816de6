// The SQL type that holds the values of several without changing one.

const wholes = ["INTEGER", "BIGINT", "DECIMAL(38,0)"];

export interface CommonType {
  sql: string;
  /** Whether they are one type, or whole numbers of more and fewer digits. */
  isSameKind: boolean;
}

/** The common type of those that our Parquet files have; text where there is none but that. */
export function commonType(types: readonly string[]): CommonType {
  const distinct = [...new Set(types)];
  if (distinct.length === 1) return {sql: distinct[0]!, isSameKind: true};
  if (distinct.every((type) => wholes.includes(type)))
    return {sql: wholes.findLast((type) => distinct.includes(type))!, isSameKind: true};
  return {sql: holding(distinct), isSameKind: false};
}

function holding(types: readonly string[]): string {
  const areAll = (...allowed: string[]) => types.every((type) => allowed.includes(type));
  // A DOUBLE has no more than 53 bits, and a BIGINT may use more.
  if (areAll("INTEGER", "DOUBLE")) return "DOUBLE";
  if (areAll("DATE", "TIMESTAMP")) return "TIMESTAMP";
  const decimals = types.map(digitsOf);
  if (decimals.every((digits) => digits !== undefined)) {
    const whole = Math.max(...decimals.map((digits) => digits.whole));
    const scale = Math.max(...decimals.map((digits) => digits.scale));
    if (whole + scale <= 38) return `DECIMAL(${whole + scale},${scale})`;
  }
  return "VARCHAR";
}

/** How many digits a type has before the point, and after it; undefined if it isn't one of digits. */
function digitsOf(type: string): {whole: number; scale: number} | undefined {
  if (type === "INTEGER") return {whole: 10, scale: 0};
  if (type === "BIGINT") return {whole: 19, scale: 0};
  const [, width, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  return width === undefined ? undefined : {whole: Number(width) - Number(scale), scale: Number(scale)};
}
