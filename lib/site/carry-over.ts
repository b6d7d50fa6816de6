// The files of other editions that pages which are still open may ask for, in one edition's folder.
import {existsSync} from "node:fs";
import {join} from "node:path";
import {editionSite, type Edition, type EditionsOf} from "./edition.js";
import {mayOutliveBuild} from "./framework-files.js";
import {linkOrCopy} from "./site-files.js";

/**
 * Links into a site's folder what it lacks of the editions' own files, where their names depend on content or version. What an edition
 * has itself carried isn't carried on, so that no file stays for ever.
 */
export async function carryOver(of: EditionsOf, editions: readonly Edition[], site: string): Promise<void> {
  for (const {id, files} of editions) {
    const carried = new Set<string>();
    // "x.js" comes before "x.js.br", which fits no other x.js than its own.
    for (const name of Object.keys(files).filter(mayOutliveBuild).sort()) {
      const base = name.replace(/\.(?:br|gz)$/, "");
      if (base !== name && Object.hasOwn(files, base) && !carried.has(base)) continue;
      const from = join(editionSite(of, id), name);
      // Somebody may have removed it from that edition.
      if (existsSync(from) && (await linkOrCopy(from, join(site, name)))) carried.add(name);
    }
  }
}
