// Any file that ikigai.config.ts gives, as Parquet.
import {load} from "ikigai-kit/data-loaders";

await load("parquet");
