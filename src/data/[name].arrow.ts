// Any file that ikigai.config.ts gives, as Arrow.
import {load} from "ikigai-kit/data-loaders";

await load("arrow");
