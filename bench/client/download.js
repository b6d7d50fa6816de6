// A dataset to a Parquet file, as anybody would write it: APP DATASET FILE.
import process from "node:process";
import {credentials} from "ikigai-kit";
import {Ikigai} from "ikigai-kit/client";

const [app, dataset, file] = process.argv.slice(2);
const ikigai = new Ikigai(await credentials());
const {datasets} = await ikigai.apps.get(app);
await (await datasets.get(dataset)).downloadParquet(file);
