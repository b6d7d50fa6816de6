// Datasets: their records, and the whole way of their bytes in and out.
import {describe, expect, it} from "vitest";
import {platform} from "./support.js";

const csv =
  "sector,month,employees\nMining,2006-01-01,651.5\nMining,2006-02-01,655\nRetail,2006-01-01,15100\nRetail,2006-02-01,15110\n";

describe("datasets", () => {
  it("takes an upload and gives it back, with types and times", async () => {
    const {owner} = await platform();
    const appId = await owner.createApp();
    const datasetId = await owner.createDataset(appId);
    expect(await owner.upload(appId, datasetId, csv)).toBe("SUCCESS");
    const dataset = await owner.getDataset(appId, datasetId);
    expect(dataset).toMatchObject({
      project_id: appId,
      name: "Sales",
      filename: "Sales.csv",
      file_extension: "csv",
      size: csv.length,
      data_types: {
        sector: {data_type: "CATEGORICAL", data_formats: {}},
        month: {data_type: "TIME", data_formats: {}},
        employees: {data_type: "NUMERIC", data_formats: {}}
      }
    });
    expect(dataset.created_at).toMatch(/^\d{10}$/);
    expect(await owner.download(appId, datasetId)).toBe(csv);
  });
});
