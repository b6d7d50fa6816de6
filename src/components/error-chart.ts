// A chart of errors that is linked with others, as the two halves of it know it: its first picture, and what Mosaic makes of it.
import type * as Inputs from "npm:@observablehq/inputs";
import type {Picture} from "npm:ikigai-kit/page";

/** What a chart is by, its height in pixels, and whether its bars are names. */
export interface ErrorView {
  by: "month" | "version" | "horizon" | "sector";
  title: string;
  height: number;
  hasNames?: boolean;
}

/** A chart, with what draws it once it is linked. */
export interface ErrorChart extends ErrorView {
  color: string;
  names: string[];
  margins: {marginLeft: number; marginRight: number; marginTop: number; marginBottom: number};
  element: Picture;
  linked?: (width: number) => Element;
}

/** A menu of a chart's names. */
export interface ErrorMenu {
  by: ErrorView["by"];
  element: Inputs.Input<string>;
}
