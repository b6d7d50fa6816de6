// Runs a benchmark: `npm run bench loaders`. Without a name it lists what there is.

interface Benchmark {
  about: string;
  load: () => Promise<{run: () => Promise<void>}>;
}

const benchmarks: Record<string, Benchmark> = {
  charts: {
    about:
      "charts of 10 thousand to 1 million rows and of 10,000 series, each beside a plain plot of the same rows",
    load: () => import("./charts.js")
  },
  client: {
    about: "a download of 300 MB to Parquet and an upload of 300 MB, beside the Python client doing the same",
    load: () => import("./client.js")
  },
  decoders: {
    about: "Parquet to Arrow for a page's DuckDB: parquet-wasm beside hyparquet, in time and size",
    load: () => import("./decoders.js")
  },
  filters: {
    about:
      "from a filter to the picture, with 1 and 5 million rows in the page: a statement, and a Mosaic brush",
    load: () => import("./filters.js")
  },
  flows: {
    about: "a flow over 5 million rows on the local platform, beside DuckDB running the same SQL",
    load: () => import("./flows.js")
  },
  gateway: {
    about: "1,000 pages that watch one run: polls, events, memory, and what the gateway adds to a start",
    load: () => import("./gateway.js")
  },
  loaders: {
    about:
      "a dataset of 1, 5 and 10 million rows from the platform to Parquet, beside DuckDB alone and plain JavaScript",
    load: () => import("./loaders.js")
  },
  pages: {
    about:
      "the first chart of every page of the demo: when, after how many bytes, how much it moves; beside a bare page and a stock one",
    load: () => import("./pages.js")
  },
  platform: {
    about: "the local platform under 50 clients at once for a minute, each checking every answer",
    load: () => import("./platform.js")
  },
  queries: {
    about:
      "pages and starts of flows beside 20 viewers whose statements over 10 million rows the gateway answers",
    load: () => import("./queries.js")
  },
  refresh: {
    about:
      "20 sources at 200 ms a call, all, none and one of them new, beside Framework's own build; and the demo published again",
    load: () => import("./refresh.js")
  },
  serve: {
    about:
      "20,000 requests (or as many as are named) to a site that is swapped every 5 s, and how many a second beside nginx",
    load: () => import("./serve.js")
  },
  size: {
    about:
      "100 thousand to 100 million rows (or as many as are named): loaders, the first chart, questions in the page",
    load: () => import("./size.js")
  }
};

const name = process.argv[2];
const benchmark = name === undefined ? undefined : benchmarks[name];
if (benchmark) {
  await (await benchmark.load()).run();
} else {
  if (name !== undefined) console.error(`There is no benchmark "${name}".`);
  console.error("npm run bench NAME, where NAME is:");
  for (const [name, {about}] of Object.entries(benchmarks)) console.error(`  ${name.padEnd(10)}${about}`);
  process.exitCode = name === undefined ? 0 : 1;
}
