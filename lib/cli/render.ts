// `ikigai-kit render`: a chart of the built site as a picture.
import {extname, resolve} from "node:path";
import {writeWhole} from "../disk/index.js";
import {renderPicture, type PictureFormat, type PictureTheme} from "../render/index.js";
import {readFolders} from "../site/index.js";
import {bytes, step} from "../terminal/index.js";
import {checkFolder} from "./check-project.js";

export interface RenderOptions {
  page: string;
  chart?: string;
  format?: PictureFormat;
  theme: PictureTheme;
  width: number;
  /** The picture's file, from the working directory. */
  out: string;
  /** The built site's folder; the project's own if left out. */
  site?: string;
  signal: AbortSignal;
}

/** Writes the picture. The file is whole or, after an error, as it was. */
export async function render({out, site, format, signal, ...picture}: RenderOptions): Promise<void> {
  const wanted = format ?? formatOf(out);
  const file = resolve(out);
  if (site === undefined) await checkFolder(process.cwd());
  const line = step("render");
  try {
    const folder = site ?? (await readFolders({root: process.cwd(), signal})).output;
    const content = await renderPicture({...picture, site: folder, format: wanted, signal});
    await writeWhole(file, content);
    line.done(`${out}, ${bytes(content.length)}`);
  } catch (error) {
    line.fail();
    throw error;
  }
}

function formatOf(out: string): PictureFormat {
  const extension = extname(out).toLowerCase();
  if (extension === ".svg" || extension === ".png") return extension === ".svg" ? "svg" : "png";
  throw new Error(`--out ${out}: a picture ends in .svg or .png; or say which it is with --format`);
}
