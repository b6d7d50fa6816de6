// One call of the platform's API: where it goes, what it sends and what it answers.
import * as z from "../zod/index.js";
import type {Codec} from "./message.js";
import {problems, type Problem} from "./problem.js";
import {decodeWithWords} from "./word.js";

/** A call: `Request` and `Answer` are in our names; the codecs know the wire's. */
export interface Call<Request, Answer> {
  /** The method and path, as errors name it: `GET /component/get-dataset`. */
  name: string;
  method: "GET" | "POST";
  path: string;
  request: Codec<Request>;
  answer: Codec<Answer>;
}

/** An empty request, or an answer that isn't used. */
export const nothing: Codec<unknown> = z.unknown();

/** A call that only reads, and so is safe to repeat. Its request is sent in the query. */
export const get = <Request, Answer>(
  path: string,
  request: Codec<Request>,
  answer: Codec<Answer>
): Call<Request, Answer> => ({name: `GET ${path}`, method: "GET", path, request, answer});

/** A call that changes something. Its request is sent as JSON. */
export const post = <Request, Answer>(
  path: string,
  request: Codec<Request>,
  answer: Codec<Answer>
): Call<Request, Answer> => ({name: `POST ${path}`, method: "POST", path, request, answer});

/** Thrown when a request or an answer doesn't fit the call's codec. */
export class WireError extends Error {
  override readonly name = "WireError";
  constructor(
    readonly call: string,
    readonly problems: Problem[],
    what: "request" | "answer"
  ) {
    const listed = problems.map((problem) => `${problem.path} ${problem.message}`).join("; ");
    super(`${call}: the ${what} is not as expected: ${listed}`);
  }
}

/**
 * The request as it is sent: the path with its query, and for a POST the body.
 * Throws `WireError` when a field has the wrong type.
 */
export function encodeRequest<Request, Answer>(
  call: Call<Request, Answer>,
  request: Request
): {path: string; body?: string} {
  const encoded = z.safeEncode(call.request, request);
  if (!encoded.success) throw new WireError(call.name, problems(encoded.error), "request");
  if (call.method === "POST") return {path: call.path, body: JSON.stringify(encoded.data)};
  const query = new URLSearchParams(
    Object.entries(encoded.data ?? {}).map(([name, value]) => [name, queryValue(value)])
  );
  return {path: query.size > 0 ? `${call.path}?${query}` : call.path};
}

/**
 * Decodes what the platform answered, given as parsed JSON. Throws `WireError` naming the call and each wrong field. A word that isn't
 * on our list, such as a new type of column, is kept as it is: `onUnknownWords` gets all of them.
 */
export function decodeAnswer<Request, Answer>(
  call: Call<Request, Answer>,
  body: unknown,
  onUnknownWords?: (words: Problem[]) => void
): Answer {
  const {decoded, unknownWords} = decodeWithWords(call.answer, body);
  if (!decoded.success) throw new WireError(call.name, problems(decoded.error, body), "answer");
  if (unknownWords.length > 0) onUnknownWords?.(problems({issues: unknownWords}, body));
  return decoded.data;
}

/** Python's spelling of a boolean is the one the platform's own client sends, so the one sure to be understood. */
function queryValue(value: unknown): string {
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}
