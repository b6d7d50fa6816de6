// Serves a built site: Framework's clean URLs, its 404 page, and long caching for what carries a hash in its name.
import fastifyStatic from "@fastify/static";
import type {FastifyInstance, FastifyReply} from "fastify";
import {pagePolicy} from "./headers.js";
import {Refused} from "./refused.js";
import type {Site} from "./site.js";

/** Adds the site's routes: whatever no other route answers. */
export async function serveStatic(server: FastifyInstance, site: Site): Promise<void> {
  await server.register(fastifyStatic, {serve: false, root: import.meta.dirname, cacheControl: false});
  server.get("/*", (request, reply) => {
    const found = site.find(pathOf(request.url));
    if (found?.kind === "page") return sendPage(reply, found.page);
    if (found?.kind === "moved") return reply.redirect(encodeURI(found.to), 308);
    if (found?.kind === "file") {
      // Private: files behind the access rule must not stay in a shared proxy.
      const caching = found.hashed ? "private, max-age=31536000, immutable" : "no-cache";
      void reply.headers({"cache-control": caching, "content-security-policy": pagePolicy()});
      return reply.sendFile(found.name, found.folder);
    }
    const missing = site.find("/404");
    if (missing?.kind === "page") return sendPage(reply.code(404), missing.page);
    throw new Refused("unknown", "There is no such page here.");
  });
}

function sendPage(reply: FastifyReply, {html, policy}: {html: string; policy: string}): FastifyReply {
  return reply
    .headers({"cache-control": "no-cache", "content-security-policy": policy})
    .type("text/html; charset=utf-8")
    .send(html);
}

/** A URL's path, decoded once; "" if it can't be decoded. */
function pathOf(url: string): string {
  try {
    return decodeURIComponent(url.split("?", 1)[0]!);
  } catch {
    return "";
  }
}
