// KEEP_HEADERS_ONLY: the columns without any row.
import {identifier} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";

export const keepHeadersOnly = (step: Step) => `FROM ${identifier(only(step).name)} WHERE false`;
