// The site as Observable Framework builds it: src/ into dist/, with nothing fetched from a CDN.
import {hermeticConfig} from "ikigai-kit/hermetic";

export default {
  ...hermeticConfig,
  title: "ikigai-kit demo",
  root: "src",
  theme: ["air", "near-midnight"],
  // Framework's pages don't say what language they are in, which screen readers go by.
  head:
    '<link rel="icon" href="ikigai.svg" type="image/svg+xml"><link rel="stylesheet" href="style.css">' +
    '<script>document.documentElement.lang = "en"</script>',
  pages: [
    {name: "Forecast", path: "/forecast"},
    {name: "Errors", path: "/errors"},
    {name: "Model versions", path: "/versions"},
    {name: "Seattle weather", path: "/weather"},
    {name: "Flows", path: "/flows"}
  ],
  toc: false,
  pager: false,
  footer: "Data: U.S. Bureau of Labor Statistics; NOAA. Forecasts made by the local platform."
};
