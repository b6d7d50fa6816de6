// Delivers two files into the folder named, and dies as by kill -9 at the move whose number is given.
import {rename, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {openDelivery} from "../../data-loaders/delivery.js";

const [, , into, number] = process.argv;
let moves = 0;
const delivery = await openDelivery(into!, async (from, to) => {
  if (++moves === Number(number)) process.kill(process.pid, "SIGKILL");
  await rename(from, to);
});
for (const name of ["a", "b"]) {
  await writeFile(join(delivery.folder, name), `new ${name}`);
  await delivery.place(join(delivery.folder, name), `deep/${name}.csv`);
}
await delivery.commit();
