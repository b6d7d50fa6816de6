// Arrow tables as plain rows.

interface ArrowTable extends Iterable<{toJSON(): Record<string, unknown>}> {
  schema: {fields: {name: string; type: {typeId: number}}[]};
}

/** Arrow's type ids of dates and timestamps, whose values it gives as milliseconds since 1970. */
const temporal = new Set([8, 10]);

/** An array of objects, with a Date where the column is a date or a timestamp. */
export function rows(table: ArrowTable): Record<string, unknown>[] {
  const dates = table.schema.fields
    .filter((field) => temporal.has(field.type.typeId))
    .map((field) => field.name);
  return Array.from(table, (row) => {
    const object = row.toJSON();
    for (const name of dates) if (object[name] != null) object[name] = new Date(object[name] as number);
    return object;
  });
}
