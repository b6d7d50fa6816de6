// The API reference in docs/api, written by `npm run docs` from the docstrings of what package.json exports.
import {existsSync, readFileSync} from "node:fs";
import {URL} from "node:url";
import {exportName, short} from "./docs/typedoc-plugin.js";

const {exports} = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/** The source of each subpath export, such as lib/client/index.ts. */
const entryPoints = Object.values(exports)
  .flatMap(({types}) => (types ? [types.replace(/^\.\/build\/(.*)\.d\.ts$/, "$1.ts")] : []))
  .filter((file) => existsSync(new URL(file, import.meta.url)));

/** @type {Partial<import("typedoc").TypeDocOptions>} */
export default {
  name: "ikigai-kit",
  plugin: ["typedoc-plugin-markdown", short],
  entryPoints,
  tsconfig: "tsconfig.build.json",
  // tsc checks types; this only reads them.
  skipErrorChecking: true,
  out: "docs/api",
  readme: "none",
  router: "short",
  pageTitleTemplates: {index: "API reference", module: ({name}) => exportName(name)},
  // The same text whatever commit, machine or day it is made on.
  disableSources: true,
  githubPages: false,
  // What a reader looks for first comes first; the types that they name are looked up from there.
  groupOrder: ["Functions", "Classes", "Variables", "Interfaces", "Type Aliases", "*"],
  hidePageHeader: true,
  hideBreadcrumbs: true,
  excludePrivate: true,
  excludeProtected: true,
  excludeInternal: true,
  // What Plot's options and JavaScript's errors have anyway is documented where it comes from.
  excludeExternals: true,
  expandParameters: true,
  expandObjects: true,
  interfacePropertiesFormat: "table",
  classPropertiesFormat: "table",
  typeAliasPropertiesFormat: "table",
  typeDeclarationFormat: "table",
  parametersFormat: "table",
  typeDeclarationVisibility: "compact",
  tableColumnSettings: {
    hideDefaults: true,
    hideInherited: true,
    hideModifiers: true,
    hideOverrides: true,
    hideSources: true,
    hideValues: true
  },
  validation: {notDocumented: true, notExported: true, invalidLink: true, rewrittenLink: true},
  // Types that are computed from generated declarations, and the seam between the local platform and its engine.
  intentionallyNotExported: [
    "Members",
    "Declared",
    "KnownModels",
    "CamelCase",
    "Spellings",
    "Values",
    "Chain",
    "Chained",
    "Host",
    "RunOptions",
    "RunResult",
    "Environment",
    "ArrowTable",
    "Drawing",
    "aggregates",
    "param",
    "Chart",
    "Details"
  ],
  requiredToBeDocumented: ["Variable", "Function", "Class", "Interface", "TypeAlias", "Method", "Accessor"],
  treatWarningsAsErrors: true
};
