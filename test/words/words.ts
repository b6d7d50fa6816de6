// Words that must not come back: a reader whose second language is English stops at them. Each with what to write instead.

/** A word or phrase, as a pattern, and the usual one. */
export const words: readonly [pattern: string, instead: string][] = [
  ["foret(?:old|ells?|elling)", "forecast"],
  ["mend(?:s|ed|ing)?", "fix, correct"],
  ["reckon(?:s|ed|ing)?", "compute, count"],
  ["bef(?:alls?|allen|ell)", "happen to"],
  ["(?:anew|afresh)", "again"],
  ["who(?:m|so)?ever", "everyone who, the person who, the caller"],
  ["(?:lest|ere|albeit|whilst)", "so that … not, before, although, while"],
  ["shall", "should, must, will"],
  ["heed(?:s|ed|ing)?", "follow, respect"],
  ["be it", "either … or"],
  ["c[ao]mes? to pass", "happen"],
  ["who may", "who can, who is allowed to; “an access rule is required”"],
  ["which there isn['’]t", "which doesn't exist"],
  ["the name of (?:no|a) (?:machine|host) that is known", "host not found"],
  [
    "(?<!there )(?<!there['’]s )is no (?:file|key|list|column|date|number|edition|measure) of",
    "is not a … of"
  ],
  ["all is as it was", "nothing was changed"],
  ["told of", "called when, gets a message about"],
  ["tells? of", "report, describe, list"],
  ["goes before", "takes precedence"],
  ["at hand", "there, ready"],
  ["twins?", "the same in …, counterpart"],
  ["parted", "split"],
  ["made up for", "done later"],
  ["leans? on", "depend on"],
  ["seldom", "rarely"],
  ["reach(?:es)? no network", "send no requests"],
  [
    "(?:hence|henceforth|thence|whence|hither|thither|forthwith)",
    "so, from now on, from where, here, there, at once"
  ],
  ["(?:thereof|therein|thereby|whereby|wherein|whereupon)", "of it, in it, by it, by which"],
  ["(?:unto|upon|amidst|amongst|betwixt)", "to, on, among, between"],
  ["(?:naught|nought|aught|ought)", "nothing, anything, should"],
  ["(?:behold|beheld|beget|begotten|bade|hath|doth)", "see, make, asked, has, does"],
  ["(?:amiss|astray|awry)", "wrong"],
  ["what (?:becomes?|became|ha[sd] become) of", "what happens to, the outcome of"],
  ["what (?:came|comes|ha[sd] come) of", "the result of, the outcome of"],
  ["(?:from|to|by|for|of|with) who", "from people who, to the user who"],
  ["in (?:\\w+['’]s|its|their|the) stead", "in place of, instead"],
  ["without a word", "silently"],
  ["told so", "told about it"],
  ["go(?:es)? along with", "correlate with"],
  ["sees? to(?: it)?", "make sure, do"],
  ["but for", "except"],
  ["(?:forecasts?|they|it) (?:was|were|is|are) off", "differ from the actual values"],
  ["everything lives? in", "has everything"],
  ["speaks? HTTP(?:S|/[\\d.]+)?", "use HTTP"],
  ["nobody['’]s", "not used by anybody"],
  ["(?:deem(?:s|ed)?|dwell(?:s|ing)?|bestow(?:s|ed)?)", "consider, be, give"]
];

/** A word that was found, and where. */
export interface Finding {
  line: number;
  word: string;
  instead: string;
}

const patterns = words.map(([pattern, instead]) => ({
  pattern: new RegExp(`(?<![\\w-])(?:${pattern})(?![\\w-])`, "giu"),
  instead
}));

/** Each of the words in a text, also where a line ends within a phrase, in the order of the lines. */
export function findWords(text: string): Finding[] {
  // A comment goes on behind the next line's marks.
  const plain = text.replace(/\n([ \t]*(?:\*|\/\/|\|)?[ \t]*)/g, (all) => "\n".padEnd(all.length, " "));
  return patterns
    .flatMap(({pattern, instead}) =>
      Array.from(plain.replace(/\n/g, " ").matchAll(flexible(pattern)), ({0: word, index}) => ({
        line: plain.slice(0, index).split("\n").length,
        word: word.replace(/\s+/g, " "),
        instead
      }))
    )
    .sort((a, b) => a.line - b.line);
}

/** The same pattern, with any white space between the words of a phrase. */
const flexible = ({source, flags}: RegExp) => new RegExp(source.replaceAll(" ", "\\s+"), flags);
