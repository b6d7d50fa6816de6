// Lets Framework build an open project aside, and puts the finished site in its place.
import {rm} from "node:fs/promises";
import {buildFolder, checkOutput, putInPlace} from "./built-site.js";
import type {OpenProject} from "./project.js";

/** Builds the site from the data that lies in Framework's cache, and returns its folder. After an error the site is as it was. */
export async function buildSite(open: OpenProject): Promise<string> {
  const {project} = open;
  checkOutput(project);
  const built = await buildFolder(project.root);
  try {
    await open.run({args: ["build"], output: built});
    await putInPlace(project, built);
  } finally {
    await rm(built, {recursive: true, force: true});
  }
  return project.output;
}
