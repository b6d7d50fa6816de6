// What each column of a relation is written as, whatever the format.
import type {DuckDBConnection, DuckDBType, DuckDBValue} from "@duckdb/node-api";
import {columnsOf, measure} from "./columns.js";
import {plainValue, questions, type PlainValue} from "./plain-value.js";
import {identifier} from "./quote.js";
import {aggregates, leavesOf, mapLeaves, shapeOf, type Shape} from "./shape.js";

/** A column on its way into a file. */
export interface PlannedColumn {
  name: string;
  /** What it holds. */
  shape: Shape<PlainValue>;
  /** What else was asked of it. */
  answers: DuckDBValue[];
}

/**
 * Looks at every value, since what a column is written as depends on them where its type leaves a choice.
 * @param alsoAsk gives aggregates, as SQL, that the format asks of a column besides
 */
export async function planColumns(
  connection: DuckDBConnection,
  relation: string,
  alsoAsk: (shape: Shape<DuckDBType>, sql: string) => string[] = () => []
): Promise<PlannedColumn[]> {
  const asked = (await columnsOf(connection, relation)).map(({name, type}) => {
    const shape = shapeOf(type);
    const of = aggregates(shape, identifier(name));
    const types = leavesOf(shape);
    return {
      name,
      shape,
      ofLeaves: types.map((type, i) => questions(type, of[i]!)),
      more: alsoAsk(shape, identifier(name))
    };
  });
  const values = await measure(
    connection,
    relation,
    asked.flatMap(({ofLeaves, more}) => [...ofLeaves.flat(), ...more])
  );
  const rest = values.values();
  const take = (count: number) => Array.from({length: count}, () => rest.next().value!);
  return asked.map(({name, shape, ofLeaves, more}) => {
    const counts = ofLeaves.map(({length}) => length).values();
    const planned = mapLeaves(shape, (type) => plainValue(type, take(counts.next().value!)));
    return {name, shape: planned, answers: take(more.length)};
  });
}
