// What an edition tells of its data, as the next one reads it.
import {describe, expect, it} from "vitest";
import {aboutOf} from "../../lib/publishing/edition-about.js";
import type {Edition} from "../../lib/site/index.js";

const edition = (about: Record<string, unknown>): Edition => ({
  id: "20260801T060000Z",
  createdAt: "2026-08-01T06:00:00.000Z",
  about,
  files: {}
});
const data = {"data/sales.parquet": {sha256: "00", rows: 3, columns: ["day"]}};
const about = {account: "analyst@example.com", isCompressed: true, data, stale: {}};

describe("what an edition says of itself", () => {
  it("is read though nobody knows what its site was built from", () => {
    expect(aboutOf(edition(about))).toEqual(about);
  });

  it("is nothing where something else has published it", () => {
    expect(aboutOf(edition({note: "by hand"}))).toBeUndefined();
    expect(aboutOf(undefined)).toBeUndefined();
  });
});
