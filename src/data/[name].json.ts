// Any file that ikigai.config.ts gives, as JSON.
import {load} from "ikigai-kit/data-loaders";

await load("json");
