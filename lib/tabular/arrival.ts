// A CSV file on its way to the disk, as it is read while it comes.

/** A CSV file that is being downloaded. */
export interface Arrival {
  /** Where it is when it is whole. */
  path: string;
  /** What can be read before that; undefined where the file is small, or the system has no named pipes. */
  early?: Early;
  /** Settles when the file is complete, or when the download has failed. */
  whole: Promise<void>;
}

/** The ways to read a CSV before all of it is there. */
export interface Early {
  /** A file with the first records. */
  start: string;
  /**
   * A named pipe that gives all of the CSV, once, to the program that opens it. It ends when the download ends or
   * fails.
   */
  pipe: string;
  /** Whether what it gave is not what is in the file: the download had to start over. */
  isVoid: () => boolean;
  /** To be called when nobody will read the pipe, or go on reading it. */
  close: () => Promise<void>;
}
