// Runs in the pages of a preview: Framework looks at a loader's code there and never at what was pulled, so a page would keep its old
// data until it is reloaded.

/**
 * Reloads the page when a file that it attaches has another content, unless the page follows its data itself. Its source is written
 * into the page, so it uses nothing from outside.
 * @param events where the gateway's events come from
 * @param mark the name of what a page has set that follows its data itself
 */
export function followData(events: string, mark: string): void {
  interface News {
    at: string;
    files: Record<string, string>;
  }
  let stream: EventSource | undefined;

  /** What Framework has written: `registerFile("./data/x.json", {…,"path":"./_file/data/x.json?sha=0c…",…})`. */
  const attached = () =>
    Array.from(document.querySelectorAll("script:not([src])")).flatMap(({textContent}) =>
      Array.from(
        textContent.matchAll(/^registerFile\(.*"path":("(?:[^"\\]|\\.)*")/gm),
        ([, path]) => new URL(JSON.parse(path!) as string, location.href)
      )
    );

  const look = ({at, files}: News) => {
    if (Object.hasOwn(globalThis, Symbol.for(mark))) return close();
    const now = Object.values(files).map((url) => new URL(url, location.href));
    const isOld = attached().some((file) =>
      now.some(({pathname, search}) => pathname === file.pathname && search !== file.search)
    );
    // Once for each publication: a page that can't get the new content is left as it is.
    const key = `${mark} ${location.pathname}`;
    if (!isOld || sessionStorage.getItem(key) === at) return;
    sessionStorage.setItem(key, at);
    location.reload();
  };

  const close = () => {
    stream?.close();
    stream = undefined;
  };

  // Browsers allow six connections to a host for all tabs together.
  const update = () => {
    if (document.hidden) return close();
    if (stream) return;
    stream = new EventSource(events);
    const parsed = (event: MessageEvent<string>) => JSON.parse(event.data) as unknown;
    stream.addEventListener("publication", (event: MessageEvent<string>) => look(parsed(event) as News));
    stream.addEventListener("hello", (event: MessageEvent<string>) => {
      const {publication} = parsed(event) as {publication: News | null};
      if (publication) look(publication);
    });
  };
  document.addEventListener("visibilitychange", update);
  addEventListener("pagehide", close);
  addEventListener("pageshow", update);
}
