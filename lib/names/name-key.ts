// What all spellings of a name have in common.

/** The name in lower case, without blanks, `_` and `-`: `AI_CAST`, `AiCast` and "Ai Cast" are one name. */
export const nameKey = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, "");
