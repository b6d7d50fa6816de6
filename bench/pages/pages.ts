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
  {path: "/forecast", first: {file: "employment-latest", x: "month", y: "forecast", z: "sector"}},
  {path: "/versions", first: {file: "employment-accuracy", x: "horizon", y: "wape", z: "sector"}},
  {path: "/weather", first: {file: "weather-latest", x: "date", y: "forecast", z: "measure"}},
  {path: "/flows", first: {file: "employment-outlook", x: "month", y: "employees", z: "sector"}}
];

export const firstFiles = ({first, also = []}: DemoPage): string[] => [first.file, ...also];

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
