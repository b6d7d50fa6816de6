// Any file that ikigai.config.ts gives, as CSV.
import {load} from "ikigai-kit/data-loaders";

await load("csv");
