// Faults on demand: what can go wrong between a client and the platform, for everybody's tests. Which request is hit is
// drawn from a seeded generator, so that a run can be repeated.
import type {FastifyInstance, FastifyReply, FastifyRequest} from "fastify";
import {Readable} from "node:stream";
import {setTimeout as sleep} from "node:timers/promises";
import {z} from "zod";
import {get, post, type Call} from "./call.js";
import {faultPlan, type FaultPlan, type FaultRule, type FaultRuleOf} from "./fault-plan.js";
import {refuseExpired} from "./object-store.js";

export class Faults {
  #rules: (FaultRule & {hits: number})[] = [];
  #random!: () => number;
  readonly #bodyFaults = new WeakMap<FastifyRequest, FaultRule>();

  constructor(faults: FaultPlan) {
    this.set(faults);
  }

  set(faults: FaultPlan): void {
    const {seed, rules} = faultPlan.parse(faults);
    this.#rules = rules.map((rule) => ({...rule, hits: 0}));
    this.#random = mulberry32(seed);
  }

  /** Lets a test set the faults, and see how often each rule was hit. */
  calls(): Call[] {
    return [
      post("/_local/faults", faultPlan, (faults) => {
        this.set(faults);
        return {rules: this.#rules};
      }),
      get("/_local/faults", z.unknown(), () => ({rules: this.#rules}))
    ];
  }

  /** Puts the faults before and behind every route that is added later. */
  install(server: FastifyInstance): void {
    server.addHook("onRequest", async (request, reply) => {
      if (request.url.startsWith("/_local/")) return;
      for (const rule of this.#rules) {
        if (!this.#hits(rule, request.url)) continue;
        if (rule.kind === "latency") await sleep(rule.ms);
        else if (rule.kind === "truncate" || rule.kind === "trickle" || rule.kind === "malformed") {
          this.#bodyFaults.set(request, rule);
        } else return answerWrongly(rule, request, reply);
      }
    });
    server.addHook("onSend", async (request, reply, payload) => {
      const rule = this.#bodyFaults.get(request);
      return rule ? spoil(rule, reply, payload as Payload) : payload;
    });
  }

  #hits(rule: FaultRule & {hits: number}, url: string): boolean {
    if (!url.startsWith(rule.path) || rule.hits >= (rule.times ?? Infinity)) return false;
    if (this.#random() >= rule.chance) return false;
    rule.hits++;
    return true;
  }
}

function answerWrongly(
  rule: FaultRuleOf<"throttle" | "error" | "drop" | "expire" | "answer">,
  request: FastifyRequest,
  reply: FastifyReply
): FastifyReply {
  switch (rule.kind) {
    case "throttle":
      return reply
        .code(429)
        .header("retry-after", String(rule.retryAfter))
        .send({message: "Too Many Requests"});
    case "error":
      return reply.code(rule.status).send({message: "Internal server error"});
    case "drop":
      request.raw.socket.destroy();
      return reply.hijack();
    case "expire":
      return refuseExpired(reply, Math.floor(Date.now() / 1000) - 1);
    case "answer":
      return reply.code(rule.status).send(rule.body);
  }
}

type Payload = string | Buffer | Readable | null;

/** The body as it is to arrive. */
function spoil(rule: FaultRule, reply: FastifyReply, payload: Payload): Payload {
  const body = payload instanceof Readable ? payload : Readable.from([Buffer.from(payload ?? "")]);
  const size =
    payload instanceof Readable
      ? Number(reply.getHeader("content-length"))
      : Buffer.byteLength(payload ?? "");
  if (rule.kind === "malformed") {
    body.destroy();
    void reply.removeHeader("content-length");
    return typeof payload === "string" ? payload.slice(0, Math.ceil(payload.length / 2)) : "{";
  }
  void reply.header("content-length", size);
  if (rule.kind === "truncate") return instead(body, cut(body, rule.bytes ?? Math.floor(size / 2)));
  if (rule.kind === "trickle") return instead(body, trickle(body, rule.bytesPerSecond));
  return payload;
}

/** A body that is sent instead of this one, whose file is closed with it, also if the client disconnects before the first byte. */
const instead = (body: Readable, spoiled: AsyncGenerator<Buffer>) =>
  Readable.from(spoiled).once("close", () => body.destroy());

/** So many bytes, and then a failure that breaks the connection. */
async function* cut(body: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const chunk of body) {
    if (left > 0) yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) break;
  }
  // The bytes are on their way before the connection breaks.
  await sleep(20);
  throw new Error("The body was cut on purpose");
}

const ticksPerSecond = 20;

async function* trickle(body: AsyncIterable<Buffer>, bytesPerSecond: number): AsyncGenerator<Buffer> {
  const step = Math.max(1, Math.floor(bytesPerSecond / ticksPerSecond));
  for await (const chunk of body) {
    for (let at = 0; at < chunk.length; at += step) {
      yield chunk.subarray(at, at + step);
      await sleep(1000 * (step / bytesPerSecond));
    }
  }
}

/** A small generator of numbers from 0 to 1, good enough to draw lots. Tommy Ettinger's mulberry32, public domain. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}
