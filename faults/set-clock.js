// Loaded into a program by `node --import`: its clock is wrong by as many milliseconds as the file FAULTS_CLOCK says, from moment to moment.
import {readFileSync} from "node:fs";
import process from "node:process";
import {setInterval} from "node:timers";

const file = process.env.FAULTS_CLOCK;
const Real = Date;
let wrongBy = 0;

function read() {
  try {
    wrongBy = Number(readFileSync(file, "utf8"));
  } catch {
    // Being written: as before.
  }
}

globalThis.Date = class extends Real {
  constructor(...args) {
    if (args.length > 0) super(...args);
    else super(Real.now() + wrongBy);
  }
  static now() {
    return Real.now() + wrongBy;
  }
};
read();
setInterval(read, 100).unref();
