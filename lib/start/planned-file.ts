// What a project consists of, before anything is written.

/** A file to write, from the project's folder. */
export interface PlannedFile {
  path: string;
  content: string;
  /** What the file has, where there is one already, that does as well. */
  enough?: RegExp;
}
