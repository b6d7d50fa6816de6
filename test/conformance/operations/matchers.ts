// What a value has to be like where it is another one each time. Vitest's own matchers are of type any.
import {expect} from "vitest";

export const someText: unknown = expect.any(String);
export const someNumber: unknown = expect.any(Number);
export const someRecord: unknown = expect.any(Object);
/** Epoch seconds, as the wire has them. */
export const someTime: unknown = expect.stringMatching(/^\d{10}$/);
export const containing = (text: string): unknown => expect.stringContaining(text);
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
/** A list that has these items at least. */
export const including = (...items: unknown[]): unknown => expect.arrayContaining(items);
