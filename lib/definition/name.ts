// Spellings of names: `target_column` is `targetColumn`, and help heads a facet `Free_Form_Sql`.

/** TypeScript's spelling of an argument's name: `target_column` becomes `targetColumn`. */
export const camelName = (name: string): string =>
  name.replace(/_+(.?)/gu, (_, letter: string) => letter.toUpperCase());

/** Each word's first letter in upper case and the others in lower case, as help heads a facet: `Free_Form_Sql`. */
export const titleName = (name: string): string =>
  name.replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());

/** With its first letter in upper case. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
