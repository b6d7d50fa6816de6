// Calls about custom facets, which belong to a user, not to an app: a draft script and the versions saved of it.
import {createHash} from "node:crypto";
import {z} from "zod";
import {customFacetFor, facetAccess} from "../access.js";
import * as answer from "../answer.js";
import {get, post, type Call} from "../call.js";
import type {Context} from "../context.js";
import {notFound, rejected} from "../error.js";
import {description, email, id, name} from "../field.js";
import {newId} from "../id.js";
import {cut, named} from "../list.js";
import type {CustomFacetRecord, CustomFacetVersionRecord} from "../records.js";
import {facetSpecs} from "../specs/index.js";
import {drop, put, type State} from "../state.js";

const chainGroup = z.enum(["INPUT", "MID", "OUTPUT"], {error: "must be INPUT, MID or OUTPUT"});
const argument = z.object({
  name,
  type: z.enum(["bool", "int", "str", "float"], {error: "must be bool, int, str or float"}),
  value: z.union([z.string(), z.number(), z.boolean()])
});
const scriptFields = {
  description: description.default(""),
  python_script: z.string().default(""),
  libraries: z.array(z.string()).default([]),
  rootkit_token: z.string().default(""),
  arguments: z.array(argument).default([])
};
const tags = z.array(z.string());
const facetId = z.object({custom_facet_id: id});
const level = z.enum(["ADMIN", "EDIT", "VIEW", "RUN"], {
  error: "must be ADMIN, EDIT, VIEW, RUN or NO_ACCESS"
});

/** Shows that a script was looked at: it fits that script and no other. */
const rootkitToken = (script: string) =>
  createHash("sha256")
    .update("rootkit\n" + script)
    .digest("base64url");

export const customFacetsOf = ({state}: Context, user: string): CustomFacetRecord[] =>
  [...state.tables.customFacets.values()].filter((facet) => facetAccess(facet, user) !== undefined);

const uidOf = (chain: string): string =>
  Object.values(facetSpecs[chain as keyof typeof facetSpecs])
    .flatMap((group) => Object.values(group))
    .find((facet) => facet.facet_info.facet_type === "CUSTOM_FACET")?.facet_info.facet_uid ?? "";

/** The facet as this user can see it: users who can only run it don't get the script. */
export function showCustomFacet(facet: CustomFacetRecord, user: string) {
  const shown = facetAccess(facet, user) === "RUN" ? {...facet, script: "", rootkitToken: ""} : facet;
  return answer.customFacet(shown, uidOf(facet.chainGroup));
}

const versionsOf = (state: State, customFacetId: string) =>
  [...state.tables.customFacetVersions.values()].filter((version) => version.customFacetId === customFacetId);

function checkToken(token: string, script: string): void {
  if (token !== "" && token !== rootkitToken(script)) {
    throw rejected("custom_facet.rootkit_token: does not fit the script; generate one for it");
  }
}

export function customFacetCalls(context: Context): Call[] {
  const {state} = context;

  const share = async (
    {
      custom_facet,
      user: other,
      access_level
    }: {
      custom_facet: {custom_facet_id: string};
      user: {email: string};
      access_level: z.output<typeof level> | "NO_ACCESS";
    },
    user: string
  ) => {
    const facet = customFacetFor(state, custom_facet.custom_facet_id, user, "ADMIN");
    if (other.email === facet.owner) throw rejected("The owner's access to a custom facet can't be changed");
    const {[other.email]: _before, ...rest} = facet.access;
    const access = access_level === "NO_ACCESS" ? rest : {...rest, [other.email]: access_level};
    await state.commit(put("customFacets", {...facet, access, modifiedAt: Date.now()}));
    return {custom_facet_id: facet.id};
  };

  const edit = z.object({
    save_as_version: z.literal(false).default(false),
    custom_facet: facetId.extend({
      chain_group: chainGroup.optional(),
      name: name.optional(),
      description: description.optional(),
      tags: tags.optional(),
      python_script: z.string().optional(),
      libraries: z.array(z.string()).optional(),
      rootkit_token: z.string().optional(),
      arguments: z.array(argument).optional()
    })
  });
  const saveVersion = z.object({
    save_as_version: z.literal(true),
    custom_facet_version: facetId.extend({version: name, ...scriptFields})
  });

  const editDraft = async ({custom_facet: changed}: z.output<typeof edit>, user: string) => {
    const facet = customFacetFor(state, changed.custom_facet_id, user, "EDIT");
    const script = changed.python_script ?? facet.script;
    checkToken(changed.rootkit_token ?? "", script);
    await state.commit(
      put("customFacets", {
        ...facet,
        chainGroup: changed.chain_group ?? facet.chainGroup,
        name: changed.name ?? facet.name,
        description: changed.description ?? facet.description,
        tags: changed.tags ?? facet.tags,
        script,
        requirements: changed.libraries ?? facet.requirements,
        rootkitToken: changed.rootkit_token ?? (script === facet.script ? facet.rootkitToken : ""),
        arguments: changed.arguments ?? facet.arguments,
        modifiedAt: Date.now()
      })
    );
    return {custom_facet_id: facet.id};
  };

  const save = async ({custom_facet_version: version}: z.output<typeof saveVersion>, user: string) => {
    const facet = customFacetFor(state, version.custom_facet_id, user, "EDIT");
    checkToken(version.rootkit_token, version.python_script);
    const record: CustomFacetVersionRecord = {
      id: newId(),
      customFacetId: facet.id,
      version: version.version,
      description: version.description,
      script: version.python_script,
      requirements: version.libraries,
      rootkitToken: version.rootkit_token,
      arguments: version.arguments,
      createdAt: Date.now()
    };
    await state.commit(put("customFacetVersions", record));
    return {version_id: record.id, limit_warning: ""};
  };

  return [
    post("/component/generate-rootkit-token", z.object({script: z.string()}), ({script}) => ({
      token: rootkitToken(script)
    })),

    post(
      "/component/create-custom-facet",
      z.object({
        custom_facet: z.object({name, chain_group: chainGroup, tags: tags.default([]), ...scriptFields})
      }),
      async ({custom_facet: facet}, user) => {
        checkToken(facet.rootkit_token, facet.python_script);
        const now = Date.now();
        const record: CustomFacetRecord = {
          id: newId(),
          name: facet.name,
          owner: user,
          chainGroup: facet.chain_group,
          description: facet.description,
          tags: facet.tags,
          script: facet.python_script,
          requirements: facet.libraries,
          rootkitToken: facet.rootkit_token,
          arguments: facet.arguments,
          access: {},
          createdAt: now,
          modifiedAt: now
        };
        await state.commit(put("customFacets", record));
        return {custom_facet_id: record.id};
      }
    ),

    get(
      "/component/get-custom-facet",
      z.object({custom_facet_id: id.optional(), name: z.string().optional()}),
      ({custom_facet_id, name}, user) => {
        if (custom_facet_id !== undefined) {
          return {custom_facet: showCustomFacet(customFacetFor(state, custom_facet_id, user), user)};
        }
        if (name === undefined) throw rejected("custom_facet_id or name is required");
        return {
          custom_facet: showCustomFacet(named(customFacetsOf(context, user), name, "Custom facet"), user)
        };
      }
    ),

    get("/component/get-custom-facets-for-user", z.unknown(), (_query, user) => ({
      custom_facets: customFacetsOf(context, user).map((facet) => showCustomFacet(facet, user))
    })),

    post("/component/edit-custom-facet", z.union([saveVersion, edit]), (request, user) =>
      request.save_as_version ? save(request, user) : editDraft(request, user)
    ),

    post(
      "/component/delete-custom-facet",
      z.object({custom_facet: facetId}),
      async ({custom_facet}, user) => {
        const facet = customFacetFor(state, custom_facet.custom_facet_id, user, "ADMIN");
        await state.commit(
          drop("customFacets", facet.id),
          ...versionsOf(state, facet.id).map((version) => drop("customFacetVersions", version.id))
        );
        return {custom_facet_id: facet.id};
      }
    ),

    get(
      "/component/get-version-for-custom-facet",
      facetId.extend({version_id: id}),
      ({custom_facet_id, version_id}, user) => {
        const facet = customFacetFor(state, custom_facet_id, user);
        const version = state.tables.customFacetVersions.get(version_id);
        if (version?.customFacetId !== facet.id) throw notFound("Custom facet version");
        return {custom_facet_version: answer.customFacetVersion(version)};
      }
    ),

    get("/component/get-versions-for-custom-facet", facetId, ({custom_facet_id}, user) => {
      const facet = customFacetFor(state, custom_facet_id, user);
      const {items, limit_warning} = cut(versionsOf(state, facet.id), "versions");
      return {custom_facet_versions: items.map(answer.customFacetVersion), limit_warning};
    }),

    post(
      "/component/share-custom-facet",
      z.object({custom_facet: facetId, user: z.object({email}), access_level: level}),
      share
    ),

    post(
      "/component/edit-custom-facet-access-level",
      z.object({
        custom_facet: facetId,
        user: z.object({email}),
        access_level: z.union([level, z.literal("NO_ACCESS")])
      }),
      share
    )
  ];
}
