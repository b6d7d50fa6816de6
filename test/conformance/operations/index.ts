// Everything that the real client can do, by area.
import {apps} from "./apps.js";
import {connecting} from "./connecting.js";
import {customFacets} from "./custom-facets.js";
import {datasets} from "./datasets.js";
import {definitions} from "./definitions.js";
import {flows} from "./flows.js";
import {models} from "./models.js";
import type {Area} from "./operation.js";

export const areas: Area[] = [connecting, apps, datasets, models, flows, customFacets, definitions];
