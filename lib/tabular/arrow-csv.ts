// An Arrow table as CSV: times in ISO 8601, 64-bit integers and decimals with every digit.
import {
  Type,
  type Data,
  DataType,
  type Decimal,
  type Field as ArrowField,
  type Table,
  type Timestamp,
  type Vector
} from "apache-arrow";
import {hasWholeNumbers} from "./arrow-whole-numbers.js";
import {floatText, toCsv, type Field} from "./csv-writer.js";
import {ValidationError} from "../wire/validation-error.js";

/** The text of a value that is there, by its row in a batch. */
type Reader = (row: number) => string;

/** The table with a header. Throws `ValidationError` for a column of a type that a dataset doesn't have. */
export function tableToCsv(table: Table): Generator<string, void, undefined> {
  return toCsv(
    table.schema.fields.map(({name}) => name),
    fieldsOf(table)
  );
}

function* fieldsOf(table: Table): Generator<Field[]> {
  for (const batch of table.batches) {
    const columns = table.schema.fields.map((field, i) => {
      const vector = batch.getChildAt(i)!;
      return {vector, read: reader(field, vector)};
    });
    for (let row = 0; row < batch.numRows; row++) {
      yield columns.map(({vector, read}) => (vector.get(row) === null ? undefined : read(row)));
    }
  }
}

function reader({name: column, metadata}: ArrowField, vector: Vector): Reader {
  const isWhole = hasWholeNumbers(metadata);
  const type = vector.type as DataType;
  const valueType = (DataType.isDictionary(type) ? (type.dictionary as DataType) : type).typeId;
  const value = (row: number): unknown => vector.get(row);
  switch (valueType) {
    case Type.Null:
      return String;
    case Type.Int:
    case Type.Bool:
    case Type.Utf8:
    case Type.LargeUtf8:
      return (row) => String(value(row));
    case Type.Float:
      return isWhole ? (row) => wholeText(value(row) as number) : (row) => floatText(value(row) as number);
    case Type.Date:
      return (row) => new Date(value(row) as number).toISOString().replace("T00:00:00.000Z", "");
    case Type.Timestamp:
      if (type.typeId === Type.Timestamp) return timestamps(vector.data[0] as Data<Timestamp>);
      break;
    case Type.Decimal:
      if (type.typeId === Type.Decimal) return decimals(vector.data[0] as Data<Decimal>);
  }
  throw new ValidationError(
    `column ${JSON.stringify(column)}: a dataset holds texts, numbers, booleans, dates and times, not ${Type[valueType]}: ` +
      "cast the column to text, or leave it out"
  );
}

/** A number that was a whole one when it came from a dataset, as far as it still is. */
const wholeText = (value: number) => (Number.isSafeInteger(value) ? String(value) : floatText(value));

/** Read as stored, since a number of JavaScript can't hold nanoseconds since 1970. */
function timestamps({values, type}: Data<Timestamp>): Reader {
  const digits = 3 * type.unit;
  const perSecond = 10n ** BigInt(digits);
  return (row) => {
    const stored = values[row] as bigint;
    const fraction = ((stored % perSecond) + perSecond) % perSecond;
    const seconds = new Date(Number((stored - fraction) / perSecond) * 1000).toISOString().slice(0, -5);
    return digits > 0 ? `${seconds}.${String(fraction).padStart(digits, "0")}Z` : `${seconds}Z`;
  };
}

/** Two's complement in 32-bit words, the lowest first. */
function decimals({values, stride, type: {scale}}: Data<Decimal>): Reader {
  return (row) => {
    const words = values.subarray(row * stride, (row + 1) * stride);
    const unsigned = words.reduceRight((sum, word) => (sum << 32n) | BigInt(word), 0n);
    const unscaled = BigInt.asIntN(32 * stride, unsigned);
    if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
    const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
    return `${unscaled < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  };
}
