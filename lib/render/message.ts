// What the process that renders is told and what it answers.

export interface RenderRequest {
  site: string;
  page: string;
  chart?: string | undefined;
  format: "svg" | "png";
  theme: "light" | "dark";
  width: number;
  scale: number;
  /** How long it may take, in milliseconds, and until when: before the process is ended from outside, when no cell could be named. */
  timeout: number;
  deadline: number;
}

export type RenderAnswer =
  /** A cell that begins: where the page hangs, it is named. */
  {kind: "start"; cell: string} | {kind: "picture"; bytes: Uint8Array} | {kind: "error"; message: string};
