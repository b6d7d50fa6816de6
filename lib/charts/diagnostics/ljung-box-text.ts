// The Ljung–Box test in words.
import type {LjungBox} from "../../metrics/index.js";
import {numberFormat} from "../format.js";

const format = numberFormat([0.5]);

/** "Ljung–Box test: Q = 13.9, 10 degrees of freedom, p = 0.180: the residuals may be noise.", or nothing if it can't be computed. */
export function ljungBoxText({statistic, degrees, pValue}: LjungBox): string | undefined {
  if (statistic === null || pValue === null) return undefined;
  const p = pValue < 0.001 ? "p < 0.001" : `p = ${format(pValue)}`;
  const verdict = pValue < 0.05 ? "the residuals aren't noise" : "the residuals may be noise";
  const text = `Ljung–Box test: Q = ${numberFormat([statistic])(statistic)}, ${degrees} ${degrees === 1 ? "degree" : "degrees"} of freedom, ${p}: ${verdict}.`;
  return text.replaceAll(/ ([=<]) /g, "\u00a0$1\u00a0"); // a line never ends within them
}
