// Stands between a loader and the platform, and answers downloads as no platform should.
import {createServer, request, type IncomingMessage, type ServerResponse} from "node:http";
import type {AddressInfo} from "node:net";

export interface BrokenProxy {
  baseUrl: string;
  /** Answers the download of every dataset. */
  answer: (response: ServerResponse, request: IncomingMessage) => void;
  close(): Promise<void>;
}

export async function startBrokenProxy(platformUrl: string): Promise<BrokenProxy> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url!.startsWith("/object")) return proxy.answer(outgoing, incoming);
    if (incoming.url!.startsWith("/component/get-dataset-download-url")) {
      outgoing.setHeader("content-type", "application/json");
      return outgoing.end(
        JSON.stringify({status: "SUCCESS", url: `${proxy.baseUrl}/object?signature=secret-signature`})
      );
    }
    const {method, headers, url} = incoming;
    incoming.pipe(
      request(platformUrl + url, {method, headers}, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      })
    );
    return;
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const proxy: BrokenProxy = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (response) => response.end(),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      })
  };
  return proxy;
}
