// The HTTP server: who is calling, how errors look, and the calls and the object store side by side.
import Fastify, {type FastifyError, type FastifyInstance} from "fastify";
import type {IncomingHttpHeaders} from "node:http";
import type {Accounts} from "./accounts.js";
import type {Call} from "./call.js";
import type {Context} from "./context.js";
import {PlatformError, reason} from "./error.js";
import type {Faults} from "./faults.js";
import {objectStore} from "./object-store.js";
import {page} from "./page.js";
import {appCalls} from "./routes/apps.js";
import {customFacetCalls} from "./routes/custom-facets.js";
import {datasetCalls} from "./routes/datasets.js";
import {directoryCalls} from "./routes/directories.js";
import {downloadCalls} from "./routes/downloads.js";
import {flowCalls} from "./routes/flows.js";
import {heartbeatCalls} from "./routes/heartbeat.js";
import {modelCalls} from "./routes/models.js";
import {searchCalls} from "./routes/search.js";
import {specCalls} from "./routes/specs.js";
import {uploadCalls} from "./routes/uploads.js";
import type {State} from "./state.js";

/** Bytes of the largest JSON body: a flow definition with its scripts is far smaller. */
const bodyLimit = 8 * 2 ** 20;

const allCalls = (context: Context): Call[] => [
  ...appCalls(context),
  ...directoryCalls(context),
  ...datasetCalls(context),
  ...uploadCalls(context),
  ...downloadCalls(context),
  ...flowCalls(context),
  ...modelCalls(context),
  ...customFacetCalls(context),
  ...specCalls(),
  ...searchCalls(context)
];

interface ServerOptions {
  /** Gets a line for each call that was answered. */
  log?: ((line: string) => void) | undefined;
  /** What is to go wrong. */
  faults?: Faults | undefined;
}

export async function createServer(
  context: Context,
  accounts: Accounts,
  {log, faults}: ServerOptions
): Promise<FastifyInstance> {
  const server = Fastify({bodyLimit, exposeHeadRoutes: false, forceCloseConnections: "idle"});
  server.decorateRequest("user", "");

  // A page on the web can make a browser call us under a name of its own that it points at this machine.
  server.addHook("onRequest", async (request) => {
    if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(request.host)) {
      throw new PlatformError(
        421,
        "This platform only answers to the name of this machine itself, such as 127.0.0.1"
      );
    }
  });

  if (log) {
    server.addHook("onResponse", async (request, reply) => {
      const time = new Date().toISOString().slice(11, 19);
      const path = request.url.split("?", 1)[0]!;
      log(`${time} ${request.method} ${path} ${reply.statusCode} ${Math.round(reply.elapsedTime)} ms`);
    });
  }

  server.setErrorHandler((error: FastifyError | PlatformError, _request, reply) => {
    const status = error instanceof PlatformError ? error.status : (error.statusCode ?? 500);
    if (status === 413)
      return reply.code(413).send({message: `The request is larger than ${bodyLimit} bytes`});
    return reply.code(status).send({message: reason(error)});
  });

  server.setNotFoundHandler((request, reply) =>
    reply.code(404).send({message: `There is no ${request.method} ${request.url.split("?", 1)[0]}`})
  );

  faults?.install(server);
  server.get("/", async ({headers}, reply) => {
    const user = accounts.ofBrowser(headers.authorization);
    if (user === undefined) {
      // A browser then asks for both.
      return reply
        .code(401)
        .header(
          "www-authenticate",
          'Basic realm="Local Ikigai platform: your email and API key", charset="UTF-8"'
        )
        .send("Sign in with the email and the API key that the platform printed when it started.\n");
    }
    return reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'")
      .header("cache-control", "private, no-store")
      .send(page(context.state, user));
  });
  await server.register(objectStore(context));
  serve(server, heartbeatCalls(), context.state, (headers) => credentials(headers).email);
  const calls = [...allCalls(context), ...(faults?.calls() ?? [])];
  serve(server, calls, context.state, (headers) => authenticated(accounts, headers));
  return server;
}

/** Answers these calls, each after `identify` has told from the headers who calls. */
function serve(
  server: FastifyInstance,
  calls: Call[],
  state: State,
  identify: (headers: IncomingHttpHeaders) => string
): void {
  for (const {method, path, answer} of calls) {
    server.route<{Querystring: unknown; Body: unknown}>({
      method,
      url: path,
      // Before the body is read: a stranger's is not worth it.
      onRequest: async (request) => {
        request.user = identify(request.headers);
      },
      handler: async ({query, body, user}) => {
        if (method === "POST") return answer(body, user);
        // A full disk undoes what isn't on it yet, so that it must not be told before.
        await state.settled();
        return answer(query, user);
      }
    });
  }
}

/** The user and the key that the headers carry, whether or not they belong together. */
function credentials({user, "api-key": apiKey}: IncomingHttpHeaders): {email: string; apiKey: string} {
  if (typeof user !== "string" || typeof apiKey !== "string" || user === "" || apiKey === "") {
    throw new PlatformError(403, "Missing Authentication Token");
  }
  return {email: user.toLowerCase(), apiKey};
}

function authenticated(accounts: Accounts, headers: IncomingHttpHeaders): string {
  const {email, apiKey} = credentials(headers);
  if (!accounts.accepts(email, apiKey)) {
    throw new PlatformError(401, "Unauthorized: the headers user and api-key do not belong together");
  }
  return email;
}

declare module "fastify" {
  interface FastifyRequest {
    /** The caller's email, in lower case. */
    user: string;
  }
}
