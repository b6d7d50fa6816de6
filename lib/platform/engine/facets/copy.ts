// COPY: hands the table on as it is, so that several branches can start from it.
import {identifier} from "../../../tabular/quote.js";
import {only, type Step} from "../step.js";

export const copy = (step: Step) => `FROM ${identifier(only(step).name)}`;
