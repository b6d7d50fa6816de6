// Zod as pages can run it. Zod compiles its parsers with `new Function` where that works; a page's Content-Security-Policy forbids
// it, and Firefox reports even the attempt, which Zod makes with the first schema. So this comes before any schema.
import {config} from "zod";

if (typeof document !== "undefined") config({jitless: true});

export * from "zod";
