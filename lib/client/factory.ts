// The first step in creating something: `app.dataset.new("Sales")`.

/** Creates things of a kind, from a name and for some kinds more. */
export interface Factory<New, Rest extends unknown[] = []> {
  /** A builder for one with this name. Nothing is sent before its `build`. */
  new: (name: string, ...rest: Rest) => New;
}
