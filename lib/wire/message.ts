// A message of the wire as a codec: our field names on one side, the platform's on the other.
import * as z from "zod";
import {wireName} from "./names.js";

/** A schema whose decoded side is `T`, and whose wire side is whatever the platform sent. */
export type Codec<T> = z.ZodType<T, unknown>;

/** What decoding a message with these fields gives. */
type Decoded<Fields extends z.ZodRawShape> = z.output<z.ZodObject<Fields>>;

/**
 * A message with these fields, named as we name them. Each is looked for under its wire name: `wireName` of ours, or
 * what `renamed` says where the platform uses another word altogether.
 *
 * Decoding keeps a field that isn't listed, under the name the platform gave it; encoding passes it on unchanged.
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
