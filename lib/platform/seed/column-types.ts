// The types that the seed's columns have.
import type {SeedDataType} from "./types.js";

export const category: SeedDataType = {data_type: "CATEGORICAL", data_formats: {}};
export const time: SeedDataType = {data_type: "TIME", data_formats: {}};
export const numeric: SeedDataType = {data_type: "NUMERIC", data_formats: {}};
export const integer: SeedDataType = {data_type: "NUMERIC", data_formats: {numeric_format: "INTEGER"}};
