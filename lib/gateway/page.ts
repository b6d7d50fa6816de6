// A page of the site as the gateway serves it: with the API's path in a meta element, and a policy that allows only its own scripts.
import {followsData, gatewayMeta} from "../gateway-api/index.js";
import {followData} from "./follow-data.js";
import {pagePolicy, scriptSource} from "./headers.js";

export interface Page {
  html: string;
  /** Its Content-Security-Policy. */
  policy: string;
}

const meta = (base: string) => `<meta name="${gatewayMeta}" content="${base}api">`;

/** Part of each page of a preview. */
const following = (base: string) =>
  `<script>(${followData.toString()})(${JSON.stringify(`${base}api/events`)}, ${JSON.stringify(followsData)});</script>`;

/** Framework writes one into its 404 page alone, which is found at any path; only who serves it knows where the site is. */
const ownBase = /<base href="[^"]*">/i;

const script =
  /<script((?:\s+[^\s"'>=/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*>([^]*?)<\/script\s*>/gi;

/**
 * What in a page needs `eval`: reading CSV and TSV (d3-dsv compiles a function for the columns), Arquero and Vega. A page
 * without them gets a policy without it.
 */
const evaluating = /\bregisterFile\("[^"]*\.[ct]sv"|\/_npm\/(?:arquero|vega(?:-[a-z-]+)?)@/;

/** What is wrong with the data that a preview shows. */
const problemList = (problems: readonly string[]) =>
  problems.length === 0
    ? ""
    : `<aside role="alert" class="ikigai-problems" style="border-left:4px solid #c0392b;margin:1rem 0;padding:.5rem 1rem;font:14px/1.5 sans-serif;white-space:pre-wrap">${problems.map(escaped).join("\n")}</aside>`;

const escaped = (text: string) => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)!};`);

/**
 * @param problems what the page begins with, a sentence each
 * @param base the path below which the site is served
 * @param preview whether Framework's preview made the page: it evaluates what changes while the author edits
 */
export function gatewayPage(
  source: string,
  {base = "/", preview = false, problems = [] as readonly string[]} = {}
): Page {
  const placed = source
    .replace(ownBase, `<base href="${base}">`)
    .replace(/<div id="observablehq-center">/, (center) => center + problemList(problems));
  const added = `${meta(base)}${preview ? `\n${following(base)}` : ""}`;
  const html = /<head\b[^>]*>/i.test(placed)
    ? placed.replace(/<head\b[^>]*>/i, (head) => `${head}\n${added}`)
    : placed.replace(/^\s*(?:<!doctype[^>]*>)?/i, (start) => `${start}${added}`);
  const scripts = new Set<string>();
  for (const [, attributes = "", content = ""] of html.matchAll(script)) {
    if (!/\ssrc\s*=/i.test(attributes)) scripts.add(scriptSource(content));
  }
  const evaluates = preview || evaluating.test(html);
  return {html, policy: pagePolicy({scripts: [...scripts], evaluates})};
}
