// What the process that renders is told and what it answers.

export interface RenderRequest {
  site: string;
  page: string;
  chart?: string | undefined;
  format: "svg" | "png";
  theme: "light" | "dark";
  width: number;
  scale: number;
  /** In milliseconds. */
  timeout: number;
}

export type RenderAnswer =
  /** A cell that begins: where the page hangs, it is named. */
  {kind: "start"; cell: string} | {kind: "picture"; bytes: Uint8Array} | {kind: "error"; message: string};
