// What `npm run compile` does after tsc.
import {pruneDeclarations} from "./declarations.js";
import {vendorServer} from "./vendor.js";

await vendorServer();
pruneDeclarations();
