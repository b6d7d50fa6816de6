// The files of a new project that don't depend on what the account has.
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {scriptString} from "./escape.js";
import {commandsOf, forManager, managerFiles, type Manager} from "./managers.js";
import {packageFolder, readManifest} from "./package-folder.js";
import type {PlannedFile} from "./planned-file.js";

/** How a project is made. */
export interface ProjectOptions {
  /** The project's name in package.json and README, and the site's title. */
  title: string;
  folder: string;
  /** How package.json names this package: a version, or `file:` and a path. */
  kit: string;
  /** Which package manager installs its packages. */
  manager: Manager;
  /** Whether the project's scripts use the local platform. */
  local: boolean;
  /** The folder of its pages. */
  source: string;
}

const copied = (path: string, from: string): PlannedFile => ({
  path,
  content: readFileSync(join(packageFolder, from), "utf8")
});

/** The scripts of package.json. The preview takes the local platform by itself where no key is set. */
export const scriptsOf = ({local}: Pick<ProjectOptions, "local">): Record<string, string> =>
  Object.fromEntries(
    ["dev", "build", "refresh", "publish", "serve"].map((name) => [
      name,
      `ikigai-kit ${name}${local && name !== "dev" ? " --local" : ""}`
    ])
  );

/** What package.json depends on: this package, and what it needs to share with the project. */
export function dependenciesOf({kit}: Pick<ProjectOptions, "kit">): Record<string, string> {
  const {peerDependencies = {}, peerDependenciesMeta = {}} = readManifest();
  const needed = Object.entries(peerDependencies).filter(([name]) => !peerDependenciesMeta[name]?.optional);
  return {...Object.fromEntries(needed), "ikigai-kit": kit};
}

/** Git passes over these: secrets, installed packages, what is made again. */
export const ignored = (source: string): string[] => [
  ".env",
  ".ikigai/",
  "node_modules/",
  "dist",
  `${source}/.observablehq/cache/`
];

/** A new package.json. */
export const packageText = (options: ProjectOptions): string =>
  jsonText({
    name: packageName(options.folder),
    private: true,
    type: "module",
    scripts: scriptsOf(options),
    dependencies: dependenciesOf(options),
    engines: {node: readManifest().engines.node}
  });

export const jsonText = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** npm wants small letters, digits, hyphens, dots and underscores. */
const packageName = (folder: string): string =>
  folder
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+|-+$/g, "")
    .slice(0, 100) || "dashboard";

/** All but package.json, .gitignore, ikigai.config.ts and pages. */
export function projectFiles(options: ProjectOptions): PlannedFile[] {
  const {source} = options;
  const formats = ["arrow", "csv", "json", "parquet"];
  return [
    {path: "observablehq.config.ts", content: frameworkConfig(options)},
    {path: "tsconfig.json", content: jsonText(tsconfig(source))},
    {path: ".env.example", content: envExample},
    {path: "README.md", content: readme(options)},
    copied(`${source}/style.css`, "templates/style.css"),
    copied(`${source}/icon.svg`, "src/ikigai.svg"),
    ...formats.map((format) => copied(`${source}/data/[name].${format}.ts`, `src/data/[name].${format}.ts`)),
    ...managerFiles(options.manager),
    workflow(options.manager)
  ];
}

function workflow(manager: Manager): PlannedFile {
  const {path, content} = copied(".github/workflows/publish.yml", "recipes/github-actions.yml");
  const placed = content.replace(` Copy it to ${path}.`, "");
  return {path, content: forManager(placed, manager)};
}

const frameworkConfig = ({
  title,
  source
}: ProjectOptions) => `// The site as Observable Framework builds it: ${source}/ into dist/, with nothing fetched from a CDN.
import {hermeticConfig} from "ikigai-kit/hermetic";

export default {
  ...hermeticConfig,
  title: ${scriptString(title)},
  root: ${scriptString(source)},
  // Framework's pages don't say what language they are in, which screen readers go by, and forbid zooming on phones.
  head:
    '<link rel="icon" href="icon.svg" type="image/svg+xml"><link rel="stylesheet" href="style.css">' +
    '<script>document.documentElement.lang = "en"; document.querySelector("meta[name=viewport]").content = "width=device-width, initial-scale=1"</script>',
  theme: ["air", "near-midnight"],
  toc: false,
  pager: false,
  footer: ""
};
`;

const tsconfig = (source: string) => ({
  compilerOptions: {
    target: "ES2022",
    module: "NodeNext",
    strict: true,
    skipLibCheck: true,
    noEmit: true
  },
  include: ["*.ts", `${source}/**/*.ts`],
  exclude: [`${source}/.observablehq`]
});

const envExample = `# Copy this file to .env, which git ignores, and fill it in. The key: in Ikigai, Profile, Account, Keys.
IKIGAI_USER_EMAIL=you@example.com
IKIGAI_API_KEY=
IKIGAI_BASE_URL=https://api.ikigailabs.io
`;

function readme({title, source, local, manager}: ProjectOptions): string {
  const {install, run, execute} = commandsOf(manager);
  return `# ${title.replace(/[\\\\`*_{}[\]<>#|&$!]/g, "\\\\$&")}

A dashboard on [Observable Framework](https://observablehq.com/framework/) with data from ${local ? "a local Ikigai platform with demo data" : "Ikigai"}, made by \`ikigai-kit init\`.

| command | what it does |
| --- | --- |
| \`${install}\` | installs the packages, once |
| \`${run} dev\` | previews the site, and updates it when you save a file |
| \`${run} build\` | writes the finished site to dist/ |
| \`${run} refresh\` | pulls what has changed on the platform |
| \`${run} publish\` | pulls what has changed, builds and checks the site, and puts it in place |
| \`${run} serve\` | serves the site, so that its pages can start flows |
| \`${execute} ikigai-kit add dataset NAME${local ? " --local" : ""}\` | adds a dataset with its pages; also \`model\` and \`flow\` |
| \`${execute} ikigai-kit doctor${local ? " --local" : ""}\` | looks for problems in the set-up, and says how to fix each |

\`ikigai.config.ts\` lists what the site takes from Ikigai, and \`${source}/\` has its pages. ${local ? "To use an account, copy" : "The key is read from `.env`, which git ignores: copy"} \`.env.example\` to \`.env\`${local ? ", and remove `--local` from the scripts of package.json" : ""}.
`;
}
