// The color of every version, the same on all pages, whichever of them a page draws.
import {FileAttachment} from "npm:@observablehq/stdlib";
import {assignColors} from "npm:ikigai-kit/charts";
import {arrowRows} from "npm:ikigai-kit/page";

/** The versions of each of the site's models, the oldest first. A new model goes at the end, so that the others keep their colors. */
const versions = [
  FileAttachment("../data/employment-model-versions.arrow"),
  FileAttachment("../data/weather-model-versions.arrow")
];

/** To be awaited before a page's charts. A file that doesn't come costs a color, not the page. */
export const colors = Promise.allSettled(versions.map(arrowRows)).then((tables) =>
  assignColors(tables.flatMap((table) => (table.status === "fulfilled" ? table.value.map(nameOf) : [])))
);

const nameOf = ({version}: {version?: unknown}) => String(version);
