// Runs in DuckDB's worker in a page: answers a request for a file that was split with its parts, joined.

/** A file that was split. */
export interface SplitFile {
  /** The names of its parts, in their order, from its own folder. */
  parts: string[];
  /** Of the whole, in bytes. */
  size: number;
}

/**
 * Replaces `fetch`. Its source is written into the worker's file, so it uses nothing from outside.
 * @param files by the end of their URLs' paths: `/_npm/engine@1.0.0/engine.wasm`
 */
export function joinParts(files: Record<string, SplitFile>): void {
  const fetchWhole = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const [path] = url.split(/[?#]/);
    const name = Object.keys(files).find((end) => decodeURIComponent(path!).endsWith(end));
    if (name === undefined) return fetchWhole(input, init);
    const {parts, size} = files[name]!;
    const responses = await Promise.all(
      parts.map((part) => fetchWhole(new URL(part, url), {credentials: "same-origin"}))
    );
    for (const {ok, status, url} of responses) if (!ok) throw new TypeError(`${url}: status ${status}`);
    const {readable, writable} = new TransformStream<Uint8Array, Uint8Array>();
    const join = async () => {
      for (const {body} of responses) await body!.pipeTo(writable, {preventClose: true});
      await writable.close();
    };
    // What breaks off a part breaks off the whole: its reader gets the error.
    join().catch(() => undefined);
    // WebAssembly is compiled while it arrives only if it has this type, and progress needs the size.
    return new Response(readable, {
      headers: {"content-type": "application/wasm", "content-length": String(size)}
    });
  };
}
