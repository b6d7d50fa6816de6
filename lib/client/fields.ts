// Copies the platform's fields onto an object, including those that this version doesn't know.

/**
 * Copies `fields` onto `target`, over its own fields, but never over a method: a new field of the platform must not hide
 * one.
 */
export function assignFields(target: object, fields: object): void {
  for (const [name, value] of Object.entries(fields as Record<string, unknown>)) {
    if (Object.hasOwn(target, name) || !(name in target)) Object.assign(target, {[name]: value});
  }
}
