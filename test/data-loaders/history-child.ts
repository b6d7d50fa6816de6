// Adds contents to a history in turn until it is killed, and says a dot for each.
import {addEdition} from "../../data-loaders/history.js";

const [, , folder, ...contents] = process.argv;
for (let i = 0; ; ++i) {
  const parquet = contents[i % contents.length]!;
  await addEdition({folder: folder!, key: "demand", keep: 3, parquet, pulledAt: new Date(), source: {}});
  process.stdout.write(".");
}
