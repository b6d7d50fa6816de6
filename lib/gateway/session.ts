// Signing in with the shared token: what the cookie holds, and how it is made and believed.
import {Signer} from "@fastify/cookie";
import {createHash, randomBytes, timingSafeEqual} from "node:crypto";
import type {FastifyReply, FastifyRequest} from "fastify";
import {Refused} from "./refused.js";
import type {Admit} from "./viewer.js";

/** Fewest characters of a shared token. */
export const shortestToken = 16;

const cookieName = "ikigai-session";
/** How long one stays signed in, in seconds. */
const lifetime = 30 * 24 * 3600;

export interface Sessions {
  admit: Admit;
  /** Signs a browser in that brings the token; throws a Refused otherwise. */
  signIn(request: FastifyRequest, reply: FastifyReply): void;
  /** Admits a program that sends the token itself, as `Authorization: Bearer …`; throws a Refused otherwise. */
  admitBearer: Admit;
}

/**
 * Sessions that need no memory: the cookie holds an id, when it ends, and a signature of both by the token. So it outlives a
 * restart, tells nothing of the token, and is void as soon as the token is another.
 * @param path where the cookie is sent to: other sites on the host have cookies of their own
 */
export function sessions(token: string, path = "/"): Sessions {
  const signer = new Signer(`ikigai-kit session ${token}`);
  return {
    admit(request) {
      const {valid, value} = signer.unsign(request.cookies[cookieName] ?? "");
      const [id = "", ends = ""] = valid ? value.split(".") : [];
      if (!valid || Number(ends) * 1000 < Date.now()) {
        throw new Refused("signin", "Sign in first: open the site, and give the token that it asks for.");
      }
      return {name: null, id: `session:${id}`};
    },
    signIn(request, reply) {
      const given = (request.body as {token?: unknown} | null)?.token;
      if (typeof given !== "string" || !isSame(given, token)) {
        throw new Refused("signin", "The token is wrong. Ask the person who runs this site for it.");
      }
      const id = randomBytes(16).toString("base64url");
      const ends = Math.floor(Date.now() / 1000) + lifetime;
      void reply.setCookie(cookieName, signer.sign(`${id}.${ends}`), {
        path,
        httpOnly: true,
        sameSite: "strict",
        // The browser knows better than we do whether some proxy in front speaks TLS.
        secure: request.protocol === "https" || request.headers.origin?.startsWith("https:") === true,
        maxAge: lifetime
      });
    },
    admitBearer(request) {
      const given = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? "")?.[1];
      if (given !== undefined && isSame(given, token)) return {name: null, id: "bearer"};
      throw new Refused("signin", "The token is wrong. Ask the person who runs this site for it.");
    }
  };
}

/** Compares in a time that tells nothing of where two texts differ, nor of how long the secret is. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
