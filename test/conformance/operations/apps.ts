// Apps, the directories they lie in, and who may do what with them.
import type {App, Directory} from "../../../lib/client/index.js";
import {sorted} from "./here.js";
import {containing, matching, someText} from "./matchers.js";
import type {Area} from "./operation.js";

const rejected = (status: number, words: string) => matching(new RegExp(`^\\[${status}\\][^]*${words}`));

interface Kept {
  outer: Directory<App>;
  inner: Directory<App>;
  app: App;
  twins: App[];
  /** The app as somebody else sees it. */
  theirs: App;
}

export const apps: Area<Kept> = {
  title: "apps",
  operations: [
    {
      does: "creates directories, one in another",
      python: `
        outer = ikigai.app_directory.new("Planning").build()
        inner = ikigai.app_directory.new("Archive").parent(outer).build()
        [outer.to_dict(), inner.name, inner.type]
      `,
      typescript: async (at) => {
        at.outer = await at.ikigai.appDirectory.new("Planning").build();
        at.inner = await at.ikigai.appDirectory.new("Archive").parent(at.outer).build();
        return [at.outer.ref, at.inner.name, at.inner.type];
      },
      gives: [{directory_id: someText, type: "PROJECT", name: "Planning"}, "Archive", "PROJECT"],
      givesHere: [{directory_id: someText, type: "APP", name: "Planning"}, "Archive", "APP"],
      asks: [
        "POST /component/create-project-directory",
        "GET /component/get-project-directory",
        "POST /component/create-project-directory",
        "GET /component/get-project-directory"
      ]
    },
    {
      does: "lists directories, and those in one",
      python: `
        mine = ikigai.app_directories()
        [sorted(mine), sorted(ikigai.directories()), sorted(outer.directories()), sorted(inner.directories())]
      `,
      typescript: async ({ikigai, outer, inner}) => [
        sorted(await ikigai.appDirectories()),
        sorted(await ikigai.appDirectories()),
        sorted(await outer.directories()),
        sorted(await inner.directories())
      ],
      gives: [["Archive", "Planning"], ["Archive", "Planning"], ["Archive"], []]
    },
    {
      does: "creates an app in a directory",
      python: `
        app = ikigai.app.new("Demand").description("Weekly demand").directory(outer).build()
        app
      `,
      typescript: async (at) => {
        at.app = await at.ikigai.app.new("Demand").description("Weekly demand").directory(at.outer).build();
        return at.app;
      },
      gives: {
        app_id: someText,
        name: "Demand",
        owner: "analyst@example.com",
        description: "Weekly demand",
        created_at: matching(/^\d{4}-.*\+00:00$/),
        modified_at: matching(/\+00:00$/),
        last_used_at: matching(/\+00:00$/)
      },
      asks: ["POST /component/create-project", "GET /component/get-project"]
    },
    {
      does: "gets an app by name, by searching and from the list",
      python: `
        [
            ikigai.apps["Demand"].app_id == app.app_id,
            ikigai.apps.search("eman").get_id(app.app_id).name,
            ikigai.apps()["Demand"].to_dict()["app_id"] == app.app_id,
            list(outer.apps()),
            list(inner.apps()),
        ]
      `,
      typescript: async ({ikigai, app, outer, inner}) => [
        (await ikigai.apps.get("Demand")).appId === app.appId,
        (await ikigai.apps.search("eman")).byId(app.appId).name,
        (await ikigai.apps.list()).get("Demand").appId === app.appId,
        (await outer.contents()).names(),
        (await inner.contents()).names()
      ],
      gives: [true, "Demand", true, ["Demand"], []],
      asks: [
        "GET /component/get-project",
        "GET /search/search-projects-for-user",
        "GET /component/get-projects-for-user",
        "GET /component/get-projects-for-user",
        "GET /component/get-projects-for-user"
      ]
    },
    {
      does: "says that there is no app of a name",
      python: 'ikigai.apps["No such app"]',
      typescript: ({ikigai}) => ikigai.apps.get("No such app"),
      raises: {type: "RuntimeError", message: rejected(404, "Project was not found")},
      throws: {name: "NotFoundError", message: containing('no app called "No such app"')}
    },
    {
      does: "renames, redescribes and moves an app",
      python: `
        app.rename("Demand planning").update_description("By week and store").move(inner)
        again = ikigai.apps["Demand planning"]
        [app.name, again.description, list(outer.apps()), list(inner.apps())]
      `,
      typescript: async ({ikigai, app, outer, inner}) => {
        await app.rename("Demand planning");
        await app.updateDescription("By week and store");
        await app.move(inner);
        const again = await ikigai.apps.get("Demand planning");
        return [
          app.name,
          again.description,
          (await outer.contents()).names(),
          (await inner.contents()).names()
        ];
      },
      gives: ["Demand planning", "By week and store", [], ["Demand planning"]]
    },
    {
      does: "tells apps of one name apart by id only",
      python: `
        twins = [ikigai.app.new("Twin").build() for _ in range(2)]
        both = ikigai.apps.search("Twin")
        try:
            both["Twin"]
        except KeyError as error:
            refusal = error.args[0]
        [len(both), refusal, both.get_id(twins[1].app_id).name]
      `,
      typescript: async (at) => {
        at.twins = [await at.ikigai.app.new("Twin").build(), await at.ikigai.app.new("Twin").build()];
        const both = await at.ikigai.apps.search("Twin");
        let refusal = "";
        try {
          both.get("Twin");
        } catch (error) {
          refusal = (error as Error).message;
        }
        return [both.size, refusal, both.byId(at.twins[1]!.appId).name];
      },
      gives: [2, containing("Multiple(2) items"), "Twin"],
      givesHere: [2, containing('more than one app called "Twin"'), "Twin"]
    },
    {
      does: "is refused one of two apps by their name",
      python: 'ikigai.apps["Twin"]',
      typescript: ({ikigai}) => ikigai.apps.get("Twin"),
      raises: {type: "RuntimeError", message: rejected(400, "ambiguous")},
      throws: {name: "AmbiguousNameError", message: containing('more than one app called "Twin"')}
    },
    {
      does: "describes an app with its components",
      python: "app.describe()",
      typescript: ({app}) => app.describe(),
      gives: {
        app: {name: "Demand planning", description: "By week and store"},
        components: {
          charts: [],
          connectors: [],
          dashboards: [],
          datasets: [],
          databases: [],
          pipelines: [],
          models: [],
          external_resources: [],
          users: [{email: "analyst@example.com", project_access_level: "OWNER"}],
          connector_directories: [],
          dashboard_directories: [],
          dataset_directories: [],
          database_directories: [],
          pipeline_directories: [],
          model_directories: [],
          external_resource_directories: []
        }
      },
      givesHere: {
        app: {name: "Demand planning", description: "By week and store"},
        components: {
          charts: [],
          connectors: [],
          dashboards: [],
          datasets: [],
          databases: [],
          flows: [],
          models: [],
          external_resources: [],
          users: [{email: "analyst@example.com", app_access_level: "OWNER"}],
          connector_directories: [],
          dashboard_directories: [],
          dataset_directories: [],
          database_directories: [],
          flow_directories: [],
          model_directories: [],
          external_resource_directories: []
        }
      }
    },
    {
      does: "hides an app from others",
      python: 'list(other.apps.search("Demand planning"))',
      typescript: async ({other}) => (await other.apps.search("Demand planning")).names(),
      gives: []
    },
    {
      does: "grants somebody a look",
      python: `
        app.access.grant(other_email, AppAccessLevel.VIEWER)
        theirs = other.apps["Demand planning"]
        theirs.describe()["components"]["users"]
      `,
      typescript: async (at) => {
        await at.app.access.grant(at.otherEmail, "VIEWER");
        at.theirs = await at.other.apps.get("Demand planning");
        return (await at.theirs.describe()).components.users;
      },
      gives: [
        {email: "analyst@example.com", project_access_level: "OWNER"},
        {email: "colleague@example.com", project_access_level: "VIEWER"}
      ],
      givesHere: [
        {email: "analyst@example.com", app_access_level: "OWNER"},
        {email: "colleague@example.com", app_access_level: "VIEWER"}
      ]
    },
    {
      does: "lets a viewer change nothing",
      python: 'theirs.rename("Mine now")',
      typescript: ({theirs}) => theirs.rename("Mine now"),
      raises: {type: "RuntimeError", message: rejected(403, "VIEWER")},
      throws: {name: "AuthenticationError", message: matching(/VIEWER[^]*\[403\]/)}
    },
    {
      does: "lets a builder change an app",
      python: `
        app.access.update(other_email, AppAccessLevel.BUILDER)
        theirs.update_description("By week").description
      `,
      typescript: async ({app, otherEmail, theirs}) => {
        await app.access.update(otherEmail, "BUILDER");
        return (await theirs.updateDescription("By week")).description;
      },
      gives: "By week"
    },
    {
      does: "lets a builder not delete an app",
      python: "theirs.delete()",
      typescript: ({theirs}) => theirs.delete(),
      raises: {type: "RuntimeError", message: rejected(403, "BUILDER")},
      throws: {name: "AuthenticationError", message: matching(/BUILDER[^]*\[403\]/)}
    },
    {
      does: "revokes access",
      python: `
        app.access.revoke(other_email)
        [len(other.apps()), len(app.describe()["components"]["users"])]
      `,
      typescript: async ({app, other, otherEmail}) => {
        await app.access.revoke(otherEmail);
        return [(await other.apps.list()).size, (await app.describe()).components.users.length];
      },
      gives: [0, 1]
    },
    {
      does: "tells who lost access that there is no such app",
      python: "theirs.describe()",
      typescript: ({theirs}) => theirs.describe(),
      raises: {type: "RuntimeError", message: rejected(404, "Project was not found")},
      throws: {name: "NotFoundError", message: containing("Project was not found")}
    },
    {
      does: "deletes apps and directories",
      python: `
        for one in [app, *twins]:
            one.delete()
        inner.delete()
        [len(ikigai.apps()), list(ikigai.app_directories())]
      `,
      typescript: async ({ikigai, app, twins, inner}) => {
        for (const one of [app, ...twins]) await one.delete();
        await inner.delete();
        return [(await ikigai.apps.list()).size, (await ikigai.appDirectories()).names()];
      },
      gives: [0, ["Planning"]]
    }
  ]
};
