// Passes everything but the API on to Framework's preview, its live reload included, and gives its pages a policy.
import type {IncomingMessage} from "node:http";
import {text} from "node:stream/consumers";
import httpProxy from "@fastify/http-proxy";
import type {FastifyInstance, FastifyRequest} from "fastify";
import {secretHeader} from "../site/gateway-only.js";
import {pagePolicy} from "./headers.js";
import {gatewayPage} from "./page.js";

export interface PreviewSite {
  /** Where the preview listens, such as `http://127.0.0.1:3001`. */
  upstream: string;
  /** What the preview knows this gateway by: it answers nobody else. */
  secret: string;
  /** What is wrong with its data now: pages begin with it. */
  problems?: () => readonly string[];
}

export async function servePreview(
  server: FastifyInstance,
  {upstream, secret, problems = () => []}: PreviewSite
): Promise<void> {
  // Framework's server refuses the last bytes of a file that has fewer (RFC 9110 wants all of it), and the console shows that.
  const wholeOfShort = async ({url, headers}: FastifyRequest) => {
    const [, wanted] = /^bytes=-(\d+)$/.exec(headers.range ?? "") ?? [];
    if (wanted === undefined) return;
    const asked = {method: "HEAD", headers: {[secretHeader]: secret}};
    const file = await fetch(upstream + url, asked).catch(() => undefined);
    if (Number(file?.headers.get("content-length") ?? Infinity) <= Number(wanted)) delete headers.range;
  };
  await server.register(httpProxy, {
    upstream,
    websocket: true,
    wsClientOptions: {headers: {[secretHeader]: secret}},
    httpMethods: ["GET", "HEAD"],
    preHandler: (request, _reply, done) => void wholeOfShort(request).then(() => done()),
    // A loader may take its time, and the preview answers only when it is done.
    undici: {headersTimeout: 0, bodyTimeout: 0},
    replyOptions: {
      // The gateway changes pages, so the preview must not confirm what a browser has cached of them.
      rewriteRequestHeaders: (
        _request,
        {"if-none-match": _etag, "if-modified-since": _time, cookie: _, ...headers}
      ) => ({...headers, [secretHeader]: secret}),
      onResponse(request, reply, response) {
        // This is the preview's own response, though its type says otherwise.
        const {stream} = response as unknown as {stream: IncomingMessage};
        const isPage = String(reply.getHeader("content-type")).startsWith("text/html");
        if (!isPage || request.method === "HEAD") {
          const policy = pagePolicy({evaluates: true});
          return void reply
            .headers({"cache-control": "no-cache", "content-security-policy": policy})
            .send(stream);
        }
        text(stream).then(
          (source) => {
            const {html, policy} = gatewayPage(source, {preview: true, problems: problems()});
            for (const name of ["content-length", "etag", "last-modified"]) void reply.removeHeader(name);
            void reply.headers({"cache-control": "no-cache", "content-security-policy": policy}).send(html);
          },
          (error: unknown) => void reply.send(error)
        );
      }
    }
  });
}
