// The pages that are measured: those of the demo, and what each draws first.

export interface DemoPage {
  path: string;
  /** The small file of its first chart, and its columns that a bare page draws, as lines. */
  first: {file: string; x: string; y: string; z: string};
  /** What else it reads for that chart. */
  also?: string[];
}

export const pages: DemoPage[] = [
  {path: "/", first: {file: "employment-history", x: "month", y: "employees", z: "sector"}},
  {path: "/forecast", first: {file: "employment-compared", x: "month", y: "forecast", z: "sector"}},
  {path: "/errors", first: {file: "employment-errors", x: "actual", y: "error", z: "dimension"}},
  {path: "/accuracy", first: {file: "employment-accuracy", x: "horizon", y: "wape", z: "sector"}},
  {path: "/weather", first: {file: "weather-latest", x: "date", y: "forecast", z: "measure"}},
  {path: "/flows", first: {file: "employment-outlook", x: "month", y: "employees", z: "sector"}}
];

export const firstFiles = ({first, also = []}: DemoPage): string[] => [first.file, ...also];

export const plainPath = ({path}: DemoPage): string =>
  `/plain${path === "/" ? "-index" : path.replace("/", "-")}`;

/** The floor of a page that Framework builds: it draws what the bare page draws, and has nothing of this kit. */
export const plainPage = ({first}: DemoPage): string => `# Plain

\`\`\`js
const rows = FileAttachment("data/${first.file}.arrow").arrow();
\`\`\`

\`\`\`js
display(Plot.plot({marks: [Plot.lineY(rows, ${JSON.stringify({x: first.x, y: first.y, z: first.z})})]}));
\`\`\`
`;

/** A page as Framework's documentation has it, which asks its own DuckDBClient. */
export const stockPath = "/stock";

export const stockPage = `# Forecasts

\`\`\`js
const db = await DuckDBClient.of({forecast: FileAttachment("data/employment-forecast.parquet").parquet()});
\`\`\`

\`\`\`js
const chosen = await db.query(
  "SELECT month, forecast, version FROM forecast WHERE sector = 'Total nonfarm' AND origin = (SELECT max(origin) FROM forecast) ORDER BY month"
);
\`\`\`

\`\`\`js
display(Plot.plot({marks: [Plot.lineY(chosen, {x: "month", y: "forecast", stroke: "version"})]}));
\`\`\`
`;
