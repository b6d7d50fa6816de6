// Words that the platform takes from a list. It may lengthen the list at any time, and one new word mustn't make a whole answer unreadable.
import * as z from "../zod/index.js";
import type {Codec} from "./message.js";

/** A word that we know, or another that the platform has by now. */
export type Word<Known extends string> = Known | (string & {});

/** Whether an unknown word is an issue. Decoding is synchronous, so no other decoding sees it set. */
let isStrict = false;

const mark = {isUnknownWord: true};

/** A word of the list. Another is read as it came; `unknownWords` lists it. */
export function word<const Known extends string>(known: readonly Known[]): Codec<Word<Known>> {
  return z.string().superRefine((value, context) => {
    if (!isStrict || known.includes(value as Known)) return;
    context.addIssue({code: "custom", message: `one of ${known.join(", ")}`, params: mark});
  });
}

/** Decodes a message, and tells which of its words are unknown: each as an issue with its path. */
export function decodeWithWords<T>(codec: Codec<T>, body: unknown) {
  isStrict = true;
  try {
    const strict = z.safeDecode(codec, body);
    if (strict.success) return {decoded: strict, unknownWords: []};
    isStrict = false;
    const isWord = (issue: z.core.$ZodIssue) => issue.code === "custom" && issue.params === mark;
    return {decoded: z.safeDecode(codec, body), unknownWords: strict.error.issues.filter(isWord)};
  } finally {
    isStrict = false;
  }
}
