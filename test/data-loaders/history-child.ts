// Adds a content to a history, and dies as by kill -9 before the file operation whose number is given.
import fs from "node:fs/promises";
import {syncBuiltinESMExports} from "node:module";

const [, , folder, parquet, number] = process.argv;
let operations = 0;
for (const name of ["copyFile", "writeFile", "open", "rename"] as const) {
  const original = fs[name] as (...args: unknown[]) => Promise<unknown>;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      if (String(args[0]).startsWith(folder!) || String(args[1]).startsWith(folder!)) {
        if (++operations === Number(number)) process.kill(process.pid, "SIGKILL");
      }
      return original(...args);
    }
  });
}
const rm = fs.rm.bind(fs);
fs.rm = async (path, options) => {
  if (String(path).startsWith(folder!) && ++operations === Number(number))
    process.kill(process.pid, "SIGKILL");
  return rm(path, options);
};
syncBuiltinESMExports();

const {addEdition} = await import("../../data-loaders/history.js");
const pulledAt = new Date("2024-02-01");
await addEdition({folder: folder!, key: "demand", keep: 3, parquet: parquet!, pulledAt, source: {}});
process.stdout.write(String(operations));
