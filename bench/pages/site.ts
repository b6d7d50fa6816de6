// The demo's site with the pages to compare with, published and served as anybody would: `ikigai-kit publish`, `ikigai-kit serve`.
import {realpath, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {start, type Command} from "../../test/cli/command.js";
import {demoProject, remove, temporaryFolder} from "../../test/cli/project.js";
import {barePage, barePath} from "./bare.js";
import {pages, plainPage, plainPath, stockPage, stockPath} from "./pages.js";

export interface Site {
  /** Without a slash at its end. */
  url: string;
  close(): Promise<void>;
}

export async function startSite(): Promise<Site> {
  const [project, data] = await Promise.all([demoProject(), temporaryFolder()]);
  const {root} = project;
  let server: Command | undefined;
  const close = async () => {
    server?.kill();
    await server?.ended;
    await project.remove();
    await remove(data);
  };
  try {
    await project.write(`src${stockPath}.md`, stockPage);
    for (const page of pages) await project.write(`src${plainPath(page)}.md`, plainPage(page));
    const local = ["--local", "--data", data];
    const publish = start(["publish", ...local], {cwd: root});
    if ((await publish.ended) !== 0) throw new Error(`The demo can't be published:\n${publish.stderr}`);
    const site = await realpath(join(root, "dist"));
    for (const page of pages)
      await writeFile(join(site, `${barePath(page)}.html`), await barePage(site, page));
    server = start(["serve", "--port", "0", ...local], {cwd: root});
    const [, url] = await server.says(/The dashboard: +(http:\S+)/);
    return {url: url!, close};
  } catch (error) {
    await close();
    throw error;
  }
}
