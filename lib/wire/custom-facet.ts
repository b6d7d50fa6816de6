// Custom facets: a user's own Python script as a step of a flow, and its saved versions.
import * as z from "../zod/index.js";
import {get, nothing, post} from "./call.js";
import {message} from "./message.js";
import {flag, limitWarning, list, maybe, text, time} from "./scalars.js";
import {word, type Word} from "./word.js";

/** An argument of the script with its default. */
export interface CustomFacetArgument {
  name: string;
  type: Word<"bool" | "int" | "str" | "float">;
  /** `undefined` when the platform sends a blank for a number or a boolean. */
  value?: boolean | number | string;
}

/** Values of every type are sent as strings, as Python writes them. */
const customFacetArgument = z.codec(
  z.looseObject({
    name: text,
    type: word(["bool", "int", "str", "float"]),
    value: z.union([text, z.number(), flag], "a string, number or boolean").optional()
  }),
  z.custom<CustomFacetArgument>(),
  {
    decode: ({value, ...argument}) => {
      const read = value === undefined ? undefined : readValue(argument.type, value);
      return read === undefined ? argument : {...argument, value: read};
    },
    encode: ({value, ...argument}) => ({
      ...argument,
      ...(value !== undefined && {value: writeValue(value)})
    })
  }
);

function readValue(type: CustomFacetArgument["type"], value: boolean | number | string) {
  if (type === "str") return String(value);
  if (value === "") return undefined;
  if (type === "bool") return /^(true|1)$/i.test(String(value));
  return type === "int" || type === "float" ? Number(value) : value;
}

function writeValue(value: boolean | number | string): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}

const pythonNames = {script: "python_script", requirements: "libraries"};

/** A custom facet with its draft: the current script, from which versions are saved. */
export const customFacet = message(
  {
    customFacetId: text,
    name: text,
    chainGroup: text,
    facetUid: text,
    description: text,
    tags: list(text),
    script: text,
    requirements: list(text),
    rootkitToken: maybe(text),
    arguments: list(customFacetArgument),
    createdAt: time,
    modifiedAt: time
  },
  pythonNames
);
export interface CustomFacet extends z.output<typeof customFacet> {}

/** `version` is its name. */
export const customFacetVersion = message({
  version: text,
  versionId: text,
  customFacetId: text,
  description: text,
  arguments: list(customFacetArgument),
  createdAt: time
});
export interface CustomFacetVersion extends z.output<typeof customFacetVersion> {}

/** A user's access level for a custom facet. `NO_ACCESS` takes it away. */
export const customFacetAccessLevel = z.enum(["ADMIN", "EDIT", "VIEW", "RUN", "NO_ACCESS"]);
/** `NO_ACCESS` takes the access away. */
export type CustomFacetAccessLevel = z.output<typeof customFacetAccessLevel>;

const changed = message({customFacetId: text});

/** By id or by name. */
export const getCustomFacet = get(
  "/component/get-custom-facet",
  message({customFacetId: text.optional(), name: text.optional()}),
  message({customFacet})
);
/** Every custom facet that the user may see. */
export const listCustomFacets = get(
  "/component/get-custom-facets-for-user",
  message({}),
  message({customFacets: z.array(customFacet)})
);
/** The user's custom facets whose name contains `query`. */
export const searchCustomFacets = get(
  "/search/search-custom-facets-for-user",
  message({query: text}),
  message({customFacets: z.array(customFacet)})
);
/** Makes a custom facet with a draft and no version. */
export const createCustomFacet = post(
  "/component/create-custom-facet",
  message({
    customFacet: message(
      {
        name: text,
        chainGroup: text,
        description: text,
        tags: z.array(text),
        script: text,
        requirements: z.array(text),
        rootkitToken: text.optional(),
        arguments: z.array(customFacetArgument)
      },
      pythonNames
    )
  }),
  changed
);
/** Changes the given fields of the draft. Saved versions stay as they are. */
export const editCustomFacet = post(
  "/component/edit-custom-facet",
  message({
    customFacet: message(
      {
        customFacetId: text,
        chainGroup: text,
        name: text.optional(),
        description: text.optional(),
        tags: z.array(text).optional(),
        script: text.optional(),
        requirements: z.array(text).optional(),
        rootkitToken: text.optional(),
        arguments: z.array(customFacetArgument).optional()
      },
      pythonNames
    ),
    saveAsVersion: z.literal(false)
  }),
  changed
);
/** Saves the draft as a version: the same call as an edit, with `saveAsVersion`. */
export const createCustomFacetVersion = post(
  "/component/edit-custom-facet",
  message({
    saveAsVersion: z.literal(true),
    customFacetVersion: message(
      {
        customFacetId: text,
        version: text,
        description: text,
        script: text,
        requirements: z.array(text),
        rootkitToken: text,
        arguments: z.array(customFacetArgument)
      },
      pythonNames
    )
  }),
  message({versionId: text, limitWarning})
);
/** Deletes a custom facet with its versions. */
export const deleteCustomFacet = post(
  "/component/delete-custom-facet",
  message({customFacet: message({customFacetId: text})}),
  nothing
);
/** One saved version, by its id. */
export const getCustomFacetVersion = get(
  "/component/get-version-for-custom-facet",
  message({customFacetId: text, versionId: text}),
  message({customFacetVersion})
);
/** Every saved version of a custom facet. */
export const listCustomFacetVersions = get(
  "/component/get-versions-for-custom-facet",
  message({customFacetId: text}),
  message({customFacetVersions: z.array(customFacetVersion), limitWarning})
);

const access = message({
  customFacet: message({customFacetId: text}),
  user: message({email: text}),
  accessLevel: customFacetAccessLevel
});
/** Gives a user access to a custom facet. */
export const shareCustomFacet = post("/component/share-custom-facet", access, changed);
/** Changes the access level of a user who has access to a custom facet. */
export const editCustomFacetAccess = post("/component/edit-custom-facet-access-level", access, changed);
