// A site that was built as a plain folder, and what of it was recorded: so that its first edition knows what it was made of, and a
// publication of new data needs no Framework.
import {createHash} from "node:crypto";
import {mkdir, readFile, rename, stat, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import * as z from "zod";
import {siteOf, type EditionsOf} from "./edition.js";
import {filesBelow, forEach} from "./site-files.js";

const record = z.object({
  /** The folder, and what tells whether it is as it was built. */
  site: z.string(),
  state: z.string(),
  about: z.record(z.string(), z.unknown())
});

const recordFile = ({root}: EditionsOf) => join(root, ".ikigai", "built.json");

/** Records of the site, which was just built as a plain folder, what an edition of it should say. */
export async function recordPlainBuild(of: EditionsOf, about: Record<string, unknown>): Promise<void> {
  const site = siteOf(of);
  const file = recordFile(of);
  const aside = `${file}.${process.pid}`;
  await mkdir(dirname(file), {recursive: true});
  await writeFile(aside, JSON.stringify({site, state: await stateOf(site), about}));
  await rename(aside, file);
}

/** What was recorded; nothing where the folder has been changed since, by whatever. */
export async function plainBuildAbout(of: EditionsOf): Promise<Record<string, unknown>> {
  try {
    const {site, state, about} = record.parse(JSON.parse(await readFile(recordFile(of), "utf8")));
    return site === siteOf(of) && state === (await stateOf(site)) ? about : {};
  } catch {
    return {}; // nothing was recorded, or nothing that can be read
  }
}

/** The names, sizes and times of all files. */
async function stateOf(site: string): Promise<string> {
  const names = await filesBelow(site);
  const lines = new Map<string, string>();
  await forEach(names, async (name) => {
    const {size, mtimeMs} = await stat(join(site, name));
    lines.set(name, JSON.stringify([name, size, mtimeMs]));
  });
  const hash = createHash("sha256");
  for (const name of names) hash.update(lines.get(name)!);
  return hash.digest("hex");
}
