// Holds what two clients ask for one purpose against each other.
import type {RecordedRequest} from "./recorder.js";

/** Both clients' requests for one operation, `comparable`. */
export interface Both {
  python: RecordedRequest[];
  typescript: RecordedRequest[];
}

export type Client = keyof Both;

/**
 * A request by its call and its query: `GET /component/get-dataset?project_id=*&name=*`, where `*` is any value. A query has
 * these fields and no others.
 */
export type Ask = string;

/** A way in which the clients are meant to differ. */
export type Difference = {
  /** Why they do: a sentence or two for people. */
  why: string;
} & (
  | {
      /** What Python asks, and what TypeScript asks once for each. Where both have a field, the values of `*` are equal. */
      instead: [python: Ask, typescript: Ask][];
    }
  | {
      /** The client that asks what the other one doesn't. */
      only: Client;
      asks: Ask[];
      /** The areas, or else the operations by what each does, where that is so, and in which it happens. */
      in: string[];
    }
  | {
      /** What TypeScript sends blank, as `{}`, in the bodies of these calls, where Python may send nothing. */
      blanks: string[];
      bodies: Ask[];
    }
);

/** The calls that ask whether something has ended yet: how often depends on how long it takes and on the client's patience. */
export const polls = [
  "GET /component/is-pipeline-running",
  "GET /component/confirm-dataset-upload",
  "GET /component/get-dataset-download-url"
];

const day = 86_400;

/**
 * The requests without what differs each time. Ids are called by what was made with them (`made`), or are numbered as they
 * appear; signatures, ETags and times of today are blanked.
 */
export function comparable(
  requests: readonly RecordedRequest[],
  made: ReadonlyMap<string, string> = new Map()
): RecordedRequest[] {
  const others = new Map<string, string>();
  const named = (id: string) =>
    `<${made.get(id) ?? others.get(id) ?? others.set(id, `id ${others.size + 1}`).get(id)}>`;
  const isNow = (seconds: string) => Math.abs(Number(seconds) - Date.now() / 1000) < day;
  const words = (text: string) =>
    text
      .replaceAll(/\b[0-9A-Za-z]{27}\b/g, named)
      .replaceAll(/^\d{10}$/g, (time) => (isNow(time) ? "<now>" : time))
      .replaceAll(/^"[0-9a-f]{32}"$/g, "<etag>");
  const plain = (value: unknown): unknown => {
    if (typeof value === "string") return words(value);
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  };
  return requests.map(({method, path, query, headers, body}) => {
    const {Signature: signature, Expires: _, ...rest} = query;
    return {
      method,
      path: words(path),
      query: plain(signature === undefined ? query : rest) as Record<string, string>,
      headers,
      ...(body !== undefined && {body: plain(body)})
    };
  });
}

/** What of the differences has to show somewhere: each of their calls, and each place where they are said to be. */
export const claims = (differences: readonly Difference[]): string[] =>
  differences.flatMap((difference, i) => {
    if ("instead" in difference) return difference.instead.map(([ask]) => claim(i, ask));
    if ("only" in difference) return [...difference.asks, ...difference.in].map((item) => claim(i, item));
    return [...difference.blanks, ...difference.bodies].map((item) => claim(i, item));
  });

const claim = (place: number, item: string) => `${place + 1}: ${item}`;

/** The clients' requests that no difference explains, and the claims that show. */
export interface Compared extends Both {
  shown: string[];
}

/** Compares what both asked in an operation, which is known by its area's title and by what it does. */
export function compare(
  {python, typescript}: Both,
  differences: readonly Difference[],
  place: readonly [area: string, does: string]
): Compared {
  const shown = new Set<string>();
  const sides: Both = {python: settled(python), typescript: settled(typescript)};
  for (const [i, difference] of differences.entries()) {
    if ("blanks" in difference) explainBlanks(difference, sides).forEach((item) => shown.add(claim(i, item)));
  }
  const left = uncommon(sides);
  for (const [i, difference] of differences.entries()) {
    const explained =
      "instead" in difference
        ? explainInstead(difference, left)
        : "only" in difference
          ? explainOnly(difference, left, place)
          : [];
    for (const item of explained) shown.add(claim(i, item));
  }
  return {...left, shown: [...shown]};
}

type Kind<Field extends string> = Extract<Difference, Record<Field, unknown>>;

/** Takes the blank fields out of both sides, and says which of the fields and calls this changed. */
function explainBlanks({blanks, bodies}: Kind<"blanks">, sides: Both): string[] {
  const found: string[] = [];
  for (const [field, body] of blanks.flatMap((field) => bodies.map((body) => [field, body] as const))) {
    const strip = (requests: RecordedRequest[]) =>
      requests.map((request) => {
        const rest = match(body, request) && withoutBlank(request.body, field.split("."));
        return rest ? {...request, body: rest} : request;
      });
    const count = (before: RecordedRequest[], after: RecordedRequest[]) =>
      before.filter((request, i) => request !== after[i]).length;
    const stripped = {python: strip(sides.python), typescript: strip(sides.typescript)};
    const isOurs = count(sides.typescript, stripped.typescript) > count(sides.python, stripped.python);
    Object.assign(sides, stripped);
    if (isOurs) found.push(field, body);
  }
  return found;
}

/** Takes each of Python's calls out of what is left together with one that TypeScript asks instead. */
function explainInstead({instead}: Kind<"instead">, left: Both): string[] {
  const found: string[] = [];
  for (const [ask, ours] of instead) {
    for (const request of [...left.python]) {
      const theirs = match(ask, request);
      const other = theirs && left.typescript.find((one) => agree(theirs, match(ours, one)));
      if (!other) continue;
      drop(left.python, request);
      drop(left.typescript, other);
      found.push(ask);
    }
  }
  return found;
}

/** Takes the client's own calls out of what is left, in the operations where it has some. */
function explainOnly({only, asks, in: places}: Kind<"only">, left: Both, place: readonly string[]): string[] {
  const here = places.filter((item) => place.includes(item));
  if (here.length === 0) return [];
  const found = asks.filter((ask) => {
    const own = left[only].filter((request) => match(ask, request));
    for (const request of own) drop(left[only], request);
    return own.length > 0;
  });
  return found.length > 0 ? [...found, ...here] : [];
}

/**
 * What is left of both lists without the weightiest common subsequence: what only one client asks, or both at another place.
 * Writes outweigh any number of reads, so that an equal read before a write and after it isn't what the rest is aligned by.
 */
function uncommon({python, typescript}: Both): Both {
  const [theirs, ours] = [python.map(canonical), typescript.map(canonical)];
  const heaviest = python.length + typescript.length;
  // weights[i][j]: of the weightiest common subsequence of theirs from i on and ours from j on.
  const weights = Array.from({length: theirs.length + 1}, () => Array<number>(ours.length + 1).fill(0));
  const weight = (i: number, j: number) => weights[i]![j]!;
  for (let i = theirs.length - 1; i >= 0; i--) {
    for (let j = ours.length - 1; j >= 0; j--) {
      const own = python[i]!.method === "GET" ? 1 : heaviest;
      const skipping = Math.max(weight(i + 1, j), weight(i, j + 1));
      weights[i]![j] = theirs[i] === ours[j] ? Math.max(weight(i + 1, j + 1) + own, skipping) : skipping;
    }
  }
  const left: Both = {python: [], typescript: []};
  let [i, j] = [0, 0];
  while (i < theirs.length || j < ours.length) {
    const isCommon =
      i < theirs.length &&
      theirs[i] === ours[j] &&
      weight(i, j) > Math.max(weight(i + 1, j), weight(i, j + 1));
    if (isCommon) [i, j] = [i + 1, j + 1];
    else if (j === ours.length || (i < theirs.length && weight(i + 1, j) >= weight(i, j + 1)))
      left.python.push(python[i++]!);
    else left.typescript.push(typescript[j++]!);
  }
  return left;
}

/** With polls asked once, and the reads between two writes in the order of their texts. */
function settled(requests: readonly RecordedRequest[]): RecordedRequest[] {
  const groups: RecordedRequest[][] = [[]];
  for (const request of requests) {
    const reads = groups.at(-1)!;
    if (request.method !== "GET") groups.push([request], []);
    else if (!isPoll(request) || !reads.some((read) => canonical(read) === canonical(request))) {
      reads.push(request);
    }
  }
  return groups.flatMap((group) => group.sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1)));
}

const isPoll = ({method, path}: RecordedRequest) => polls.includes(`${method} ${path}`);

/** The values that the request has where the ask has any, or undefined when it isn't what is asked. */
function match(ask: Ask, {method, path, query}: RecordedRequest): Record<string, string> | undefined {
  const [call, fields = ""] = ask.split("?");
  if (call !== `${method} ${path}`) return undefined;
  // Without a query in the ask, any will do.
  if (!ask.includes("?")) return {};
  const wanted = [...new URLSearchParams(fields)];
  if (wanted.length !== Object.keys(query).length) return undefined;
  const isFitting = ([name, value]: [string, string]) =>
    name in query && (value === "*" || value === query[name]);
  if (!wanted.every(isFitting)) return undefined;
  return Object.fromEntries(
    wanted.filter(([, value]) => value === "*").map(([name]) => [name, query[name]!])
  );
}

/** Whether both are there, with the same values in the fields that they share. */
function agree(theirs: Record<string, string>, ours: Record<string, string> | undefined): boolean {
  return (
    ours !== undefined && Object.entries(ours).every(([name, value]) => (theirs[name] ?? value) === value)
  );
}

/** The body without the field at the path, which must be `{}`; undefined when it isn't. */
function withoutBlank(body: unknown, [name, ...path]: string[]): object | undefined {
  if (typeof body !== "object" || body === null || !(name! in body)) return undefined;
  const {[name!]: inner, ...rest} = body as Record<string, unknown>;
  if (path.length === 0) return canonical(inner) === "{}" ? rest : undefined;
  const kept = withoutBlank(inner, path);
  return kept && {...rest, [name!]: kept};
}

function drop<T>(list: T[], item: T): void {
  list.splice(list.indexOf(item), 1);
}

/** A text that equal values share: the order of an object's fields doesn't matter. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner
    ) ?? ""
  );
}
