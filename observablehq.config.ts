// The site as Observable Framework builds it: src/ into dist/, with nothing fetched from a CDN.
import {hermeticConfig} from "ikigai-kit/hermetic";
import ikigai from "./ikigai.config.js";

export default {
  ...hermeticConfig,
  title: "ikigai-kit demo",
  root: "src",
  theme: ["air", "near-midnight"],
  // Framework's pages don't say what language they are in, which screen readers go by, and forbid zooming on phones.
  head:
    '<link rel="icon" href="ikigai.svg" type="image/svg+xml"><link rel="stylesheet" href="style.css">' +
    '<script>document.documentElement.lang = "en"; document.querySelector("meta[name=viewport]").content = "width=device-width, initial-scale=1"</script>',
  pages: [
    {name: "Overview", path: "/index"},
    {name: "Forecast", path: "/forecast"},
    {name: "Accuracy", path: "/accuracy"},
    {name: "Linked errors", path: "/errors"},
    {name: "Models", path: "/models"},
    {name: "Data", path: "/data"},
    {name: "Flows", path: "/flows"},
    {name: "Query", path: "/query"},
    {name: "Seattle weather", path: "/weather"}
  ],
  // A page for each model, by src/models/[model].md.
  dynamicPaths: Object.keys(ikigai.models ?? {}).map((model) => `/models/${model}`),
  toc: false,
  pager: false,
  footer: "Data: U.S. Bureau of Labor Statistics; NOAA. Forecasts made by the local platform."
};
