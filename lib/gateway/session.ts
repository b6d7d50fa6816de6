// Signing in with the shared token: what the cookie holds, and how it is made and believed.
import {Signer} from "@fastify/cookie";
import {createHash, randomBytes, timingSafeEqual} from "node:crypto";
import type {FastifyReply, FastifyRequest} from "fastify";
import {countedAddress} from "./address.js";
import {Guesses} from "./guesses.js";
import {Refused} from "./refused.js";
import type {Admit} from "./viewer.js";

const cookieName = "ikigai-session";
/** How long one stays signed in, in seconds. */
const lifetime = 30 * 24 * 3600;
/** How many addresses are remembered where the token was given. */
const mostKnown = 1_000;

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
  const guesses = new Guesses();
  /** Where the token was given before: the latest addresses, such as that of a program that asks every minute. */
  const known = new Set<string>();
  /** Who was let in before isn't kept out by the guesses of others. */
  const isKnown = (request: FastifyRequest) =>
    signer.unsign(request.cookies[cookieName] ?? "").valid || known.has(countedAddress(request.ip));
  const checkToken = (given: unknown, request: FastifyRequest) => {
    const {wait} = guesses;
    if (wait > 0 && !isKnown(request)) {
      throw new Refused(
        "toomany",
        `Too many wrong tokens were given. Try again in ${Math.ceil(wait / 1000)} seconds.`
      );
    }
    if (typeof given === "string" && isSame(given, token)) {
      known.add(countedAddress(request.ip));
      if (known.size > mostKnown) known.delete(known.values().next().value!);
      return;
    }
    guesses.wrong();
    throw new Refused("signin", "The token is wrong. Ask the person who runs this site for it.");
  };
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
      checkToken((request.body as {token?: unknown} | null)?.token, request);
      // Who signs in again stays the same viewer, so that no limit begins again.
      const before = signer.unsign(request.cookies[cookieName] ?? "");
      const id = (before.valid && before.value.split(".")[0]) || randomBytes(16).toString("base64url");
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
      checkToken(given, request);
      return {name: null, id: "bearer"};
    }
  };
}

/** Compares in a time that tells nothing of where two texts differ, nor of how long the secret is. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
