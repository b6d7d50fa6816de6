// How a run fails: with the facet to blame and a sentence that helps.

/** A run can't go on. `facetId` is the facet to blame, "" where the whole definition is. */
export class FlowFailure extends Error {
  override name = "FlowFailure";
  constructor(
    readonly facetId: string,
    message: string,
    options?: ErrorOptions
  ) {
    super(message, options);
  }
}

/** What a facet throws; the run adds which facet it was. */
export class FacetError extends Error {
  override name = "FacetError";
}
