// Fetching a data file of the site, with its progress.
import type {Report} from "./progress.js";

/** What this room needs of Framework's `FileAttachment`. */
export interface DatabaseFile {
  readonly name: string;
  /** The URL path that the file is served under, with its hash. */
  url(): Promise<string>;
}

/** The file's bytes. An error names the file. */
export async function fetchFile(file: DatabaseFile, signal: AbortSignal, report: Report): Promise<Blob> {
  const url = await file.url();
  const response = await fetch(url, {signal}).catch((cause: unknown) => {
    throw new Error(`${file.name} can't be fetched from ${url}: ${String(cause)}`, {cause});
  });
  if (!response.ok || !response.body)
    throw new Error(`${file.name} can't be fetched from ${url}: the server answered ${response.status}`);
  // What a server with a fallback page says of a file that it doesn't have.
  if (response.headers.get("content-type")?.startsWith("text/html"))
    throw new Error(`${file.name} can't be fetched from ${url}: the server answered with a web page`);
  const total = Number(response.headers.get("content-length"));
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let loaded = 0;
  try {
    const reader = response.body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value);
      loaded += read.value.length;
      if (total) report(loaded / total);
    }
  } catch (cause) {
    throw new Error(`${file.name} broke off after ${loaded} bytes: ${String(cause)}`, {cause});
  }
  return new Blob(chunks);
}
