// The pictures of a site's charts that a message to people takes along.
import {renderPicture} from "../render/index.js";
import type {TellOptions} from "../publishing/index.js";

/** Draws one after another: each runs a page. */
export const drawPictures: TellOptions["draw"] = async (site, wanted) => {
  const pictures = [];
  for (const {page, chart} of wanted) {
    const png = await renderPicture({site, page, format: "png", ...(chart !== undefined && {chart})});
    const name = [page, chart]
      .filter((part) => part !== undefined)
      .map((part) => part.replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, ""))
      .join("-");
    const base64 = Buffer.from(png).toString("base64");
    pictures.push({name: `${name || "index"}.png`, type: "image/png" as const, base64});
  }
  return pictures;
};
