// Finds an item by its name or its id.
import {NotFoundError} from "./errors.js";
import type {CallOptions} from "./options.js";

interface Collection<T> {
  get(name: string, options: CallOptions): Promise<T>;
  byId(id: string, options: CallOptions): Promise<T>;
}

/** The item of a name, else the one with this id. Throws `NotFoundError` with the names that exist. */
export async function byNameOrId<T>(
  collection: Collection<T>,
  nameOrId: string,
  options: CallOptions = {}
): Promise<T> {
  try {
    return await collection.get(nameOrId, options);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    try {
      return await collection.byId(nameOrId, options);
    } catch (again) {
      // The first error is the better one: it lists the names that exist.
      throw again instanceof NotFoundError ? error : again;
    }
  }
}
