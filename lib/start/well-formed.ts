// Texts that UTF-8 can hold.

const halfPair = /\p{Cs}/gu;

/** The text with a replacement character for each half of a surrogate pair that stands alone. */
export const wellFormed = (text: string): string => text.replace(halfPair, "\uFFFD");

/** Whether it has no such half. */
export const isWellFormed = (text: string): boolean => text.search(halfPair) < 0;
