// Where something new begins.

/** Makes things of a kind, each begun with its name and, where its kind asks for more, the rest. */
export interface Maker<New, Rest extends unknown[] = []> {
  /** Begins one of this name. Nothing is sent before its `build`. */
  new: (name: string, ...rest: Rest) => New;
}
