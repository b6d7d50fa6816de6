// Gives an object the fields that the platform sent for it, those that this version doesn't know included.

/**
 * Copies `fields` onto `target`, over what it has of them, but never over a method: a new field of the platform's must not
 * hide one of ours.
 */
export function assignFields(target: object, fields: object): void {
  for (const [name, value] of Object.entries(fields as Record<string, unknown>)) {
    if (Object.hasOwn(target, name) || !(name in target)) Object.assign(target, {[name]: value});
  }
}
