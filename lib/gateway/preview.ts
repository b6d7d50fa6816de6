// Passes everything but the API on to Framework's preview, its live reload included, and holds its pages to a policy.
import type {IncomingMessage} from "node:http";
import {text} from "node:stream/consumers";
import httpProxy from "@fastify/http-proxy";
import type {FastifyInstance} from "fastify";
import {pagePolicy} from "./headers.js";
import {gatewayPage} from "./page.js";

/** @param upstream where the preview listens, such as `http://127.0.0.1:3001` */
export async function servePreview(server: FastifyInstance, upstream: string): Promise<void> {
  await server.register(httpProxy, {
    upstream,
    websocket: true,
    httpMethods: ["GET", "HEAD"],
    // A loader may take its time, and the preview answers only when it is done.
    undici: {headersTimeout: 0, bodyTimeout: 0},
    replyOptions: {
      // A page is another one here than there: what a browser holds of it must not be confirmed by the preview.
      rewriteRequestHeaders: (
        _request,
        {"if-none-match": _etag, "if-modified-since": _time, cookie: _, ...headers}
      ) => headers,
      onResponse(request, reply, response) {
        // What arrives is the preview's own response, whatever its type says.
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
            const {html, policy} = gatewayPage(source, {preview: true});
            for (const name of ["content-length", "etag", "last-modified"]) void reply.removeHeader(name);
            void reply.headers({"cache-control": "no-cache", "content-security-policy": policy}).send(html);
          },
          (error: unknown) => void reply.send(error)
        );
      }
    }
  });
}
