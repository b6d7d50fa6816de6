// Asking for a data file of the site: errors that name it, and its bytes as they come.
import type {Report} from "./progress.js";

/** What this room needs of Framework's `FileAttachment`. */
export interface DatabaseFile {
  readonly name: string;
  /** The URL path that the file is served under, with its hash. */
  url(): Promise<string>;
}

/** The whole file's bytes. An error names the file. */
export async function fetchFile(file: DatabaseFile, signal: AbortSignal, report: Report): Promise<Blob> {
  const response = await request(file, {signal});
  expectFound(file, response);
  return readBody(file, response, report);
}

/** The server's answer, whatever it is. */
export async function request(file: DatabaseFile, init: RequestInit): Promise<Response> {
  const url = await file.url();
  return fetch(url, init).catch((cause: unknown) => {
    throw new Error(`${file.name} can't be fetched from ${url}: ${String(cause)}`, {cause});
  });
}

/** Throws if the answer isn't the file, or a part of it. */
export function expectFound({name}: DatabaseFile, response: Response): void {
  const {ok, status, url} = response;
  if (!ok || !response.body)
    throw new Error(`${name} can't be fetched from ${url}: the server answered ${status}`);
  // What a server with a fallback page says of a file that it doesn't have.
  if (response.headers.get("content-type")?.startsWith("text/html"))
    throw new Error(`${name} can't be fetched from ${url}: the server answered with a web page`);
}

/** The bytes of an answer. */
export async function readBody({name}: DatabaseFile, response: Response, report: Report): Promise<Blob> {
  const total = Number(response.headers.get("content-length"));
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let loaded = 0;
  try {
    const reader = response.body!.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      chunks.push(read.value);
      loaded += read.value.length;
      if (total) report(Math.min(1, loaded / total)); // of a compressed answer, the length is another
    }
  } catch (cause) {
    throw new Error(`${name} broke off after ${loaded} bytes: ${String(cause)}`, {cause});
  }
  return new Blob(chunks);
}
