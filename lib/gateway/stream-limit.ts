// How many streams of events one viewer and one address may hold open: each takes a connection for as long as its page is open.
import type {FastifyReply, FastifyRequest} from "fastify";
import {Refused} from "./refused.js";

/** A stream for each open page: of one viewer, and of one address, which a whole office may share. */
const streamsPerViewer = 30;
const streamsPerAddress = 300;

/** Counts a stream from its request to its end. Throws a Refused when it is one too many. */
export type LimitStreams = (request: FastifyRequest, reply: FastifyReply) => void;

/** `addressOf` is what an address is counted as; undefined where it says nothing, such as that of the proxy. */
export function streamLimit(addressOf: (request: FastifyRequest) => string | undefined): LimitStreams {
  const open = new Map<string, number>();
  return (request, reply) => {
    const address = addressOf(request);
    const counted: [string, number][] = [[request.viewer.id, streamsPerViewer]];
    if (address !== undefined) counted.push([`address:${address}`, streamsPerAddress]);
    if (counted.some(([key, most]) => (open.get(key) ?? 0) >= most)) {
      throw new Refused(
        "toomany",
        "Too many pages of this site are open already. Close some, and load this one again."
      );
    }
    for (const [key] of counted) open.set(key, (open.get(key) ?? 0) + 1);
    reply.raw.once("close", () => {
      for (const [key] of counted) {
        const left = open.get(key)! - 1;
        if (left > 0) open.set(key, left);
        else open.delete(key);
      }
    });
  };
}
