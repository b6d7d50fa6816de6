// A CSV file as a new dataset, which is deleted again: APP DATASET FILE.
import process from "node:process";
import {credentials} from "ikigai-kit";
import {Ikigai} from "ikigai-kit/client";

const [app, name, file] = process.argv.slice(2);
const ikigai = new Ikigai(await credentials());
const dataset = await (await ikigai.apps.get(app)).dataset.new(name).file(file).build();
await dataset.delete();
