// Serves a built site's files: Framework's clean URLs, its 404 page, and long caching for what carries a hash in its name.
import {existsSync} from "node:fs";
import {join, resolve} from "node:path";
import fastifyStatic from "@fastify/static";
import fastify from "fastify";
import {listen} from "./listen.js";

export interface SiteOptions {
  /** The folder that Framework built, usually `dist`. */
  folder: string;
  /** The port wished for on loopback; the next free one is taken when it is in use. */
  port?: number;
}

export interface Site {
  /** Where the site answers, for example `http://127.0.0.1:3000`. */
  url: string;
  close(): Promise<void>;
}

/** A file whose name carries a hash of its content (`client.3ae5f1c2.js`, `3ae5f1c2.js`), so that a browser may keep it for good. */
const hashedName = /[./\\][0-9a-f]{8}\.[^./\\]+$/;

/**
 * Serves the built site in `folder` on loopback. Throws an Error when there is no built site. Resolves once it answers.
 */
export async function serveSite({folder, port = 3000}: SiteOptions): Promise<Site> {
  const root = resolve(folder);
  if (!existsSync(join(root, "index.html"))) {
    throw new Error(`There is no built site in ${root}. Build it first: npm run build`);
  }
  const server = fastify({forceCloseConnections: true});
  await server.register(fastifyStatic, {
    root,
    extensions: ["html"],
    dotfiles: "ignore",
    cacheControl: false,
    setHeaders(response, path) {
      response.setHeader(
        "cache-control",
        hashedName.test(path) ? "public, max-age=31536000, immutable" : "no-cache"
      );
      response.setHeader("x-content-type-options", "nosniff");
    }
  });
  const notFound = existsSync(join(root, "404.html")) ? "404.html" : undefined;
  server.setNotFoundHandler(async (_request, reply) => {
    void reply.code(404);
    return notFound ? reply.sendFile(notFound) : reply.type("text/plain").send("Not found");
  });
  const url = await listen(server, port);
  return {url, close: () => server.close()};
}
