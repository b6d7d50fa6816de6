// What an account has, as far as starting a project needs to know it.

/** A column, with the kind of its values. */
export interface FoundColumn {
  name: string;
  kind: "number" | "time" | "text";
}

/** Rows as they are read from the platform, by column. */
export type FoundRow = Readonly<Record<string, unknown>>;

/** A dataset of the app. */
export interface FoundDataset {
  id: string;
  name: string;
  columns: FoundColumn[];
  /** Of its CSV. */
  bytes: number;
  /** Its rows, where they were read since the names of the columns don't tell what they hold. */
  rows?: readonly FoundRow[];
}

/** A model of the app. */
export interface FoundModel {
  id: string;
  name: string;
  /** How many versions it has. */
  versions: number;
}

/** A run variable of a flow, with the value that it has by default. */
export interface FoundVariable {
  name: string;
  value: unknown;
}

/** A flow of the app. */
export interface FoundFlow {
  id: string;
  name: string;
  variables: FoundVariable[];
  /** Names of the datasets that it writes. */
  writes: string[];
}

/** An app, and what is in it: the newest first. */
export interface FoundApp {
  id: string;
  name: string;
  datasets: FoundDataset[];
  models: FoundModel[];
  flows: FoundFlow[];
}
