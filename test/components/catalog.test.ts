// What the files of a site are made of.
import {expect, it} from "vitest";
import {sourcesOf, tellsMore, type CatalogEntry} from "../../src/components/catalog.js";

const entry = (file: string, kind: CatalogEntry["kind"], rows: number): CatalogEntry => ({
  file,
  kind,
  rows,
  app: "Shop",
  name: "Sales",
  id: "sales",
  modified_at: null,
  bytes: null,
  pulled_at: "2026-01-01T00:00:00Z",
  changed_at: null,
  rows_before: null,
  stale_since: null,
  problem: null
});

it("counts a dataset once, by the file that has most of it, whatever its editions have", () => {
  const files = [
    entry("sales-latest", "dataset", 10),
    entry("sales", "dataset", 100),
    entry("sales-latest-editions", "editions", 400),
    entry("sales-versions", "model", 3)
  ];
  expect(sourcesOf(files, tellsMore).map(({file}) => file)).toEqual(["sales", "sales-versions"]);
});
