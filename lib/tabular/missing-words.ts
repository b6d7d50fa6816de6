// The words that stand for a missing number or time in a CSV: those of pandas (`na_values` of `read_csv`), since the platform and
// its Python client read so. In a column of text they are what they say. Runs in Node and in pages.
export const missingWords: readonly string[] = [
  "",
  ..."#N/A,#N/A N/A,#NA,-1.#IND,-1.#QNAN,-NaN,-nan,1.#IND,1.#QNAN".split(","),
  ..."<NA>,N/A,NA,NULL,NaN,NaT,None,n/a,nan,null".split(",")
];
