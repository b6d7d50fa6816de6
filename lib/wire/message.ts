// A message of the wire as a codec: our field names on one side, the platform's on the other.
import * as z from "../zod/index.js";
import {wireName} from "./names.js";

/** A schema whose decoded side is `T`, and whose wire side is whatever the platform sent. */
export type Codec<T> = z.ZodType<T, unknown>;

/** The decoded type of a message with these fields. */
type Decoded<Fields extends z.ZodRawShape> = z.output<z.ZodObject<Fields>>;

/**
 * A message with these fields, under our names. Each is found under its wire name: `wireName` of ours, or the one in
 * `renamed` if the platform uses a different word.
 *
 * Decoding keeps a field that isn't listed, under the platform's name; encoding passes it on unchanged.
 */
export function message<const Fields extends z.ZodRawShape>(
  fields: Fields,
  renamed: {[Name in keyof Fields]?: string} = {}
): Codec<Decoded<Fields>> {
  const toWire = new Map(Object.keys(fields).map((ours) => [ours, renamed[ours] ?? wireName(ours)]));
  const toOurs = new Map([...toWire].map(([ours, wire]) => [wire, ours]));
  const onWire = z.looseObject(
    Object.fromEntries([...toWire].map(([ours, wire]) => [wire, fields[ours] as z.ZodType]))
  );
  return z.codec(onWire, z.custom<Decoded<Fields>>(), {
    decode: (value) => rename(value, toOurs) as Decoded<Fields>,
    encode: (value) => rename(value, toWire)
  });
}

/** The same fields under new names. A listed field wins over an unlisted one that happens to have its new name. */
function rename(value: object, names: Map<string, string>): Record<string, unknown> {
  const taken = new Set(names.values());
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, field]) => field !== undefined && (names.has(name) || !taken.has(name)))
      .map(([name, field]) => [names.get(name) ?? name, field])
  );
}
