// Requests to a server of this machine by the name that its configuration has, with TLS or without, exactly as written.
import {request as plain, type IncomingHttpHeaders, type IncomingMessage} from "node:http";
import {request as secure} from "node:https";

export interface Server {
  port: number;
  /** What browsers call it: `https://dashboards.example.com`, or `http://dashboards.example.com:8080`. */
  origin: string;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Resolves when the headers are there. */
export const open = (
  {port, origin}: Server,
  path: string,
  {method = "GET", headers = {}, body}: Asked = {}
) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const {protocol, host, hostname} = new URL(origin);
    const options = {
      host: "127.0.0.1",
      port,
      path,
      method,
      agent: false as const,
      headers: {host, ...headers}
    };
    const sent =
      protocol === "https:"
        ? secure({...options, servername: hostname, rejectUnauthorized: false}, resolve)
        : plain(options, resolve);
    sent.on("error", reject).end(body);
  });

export async function ask(server: Server, path: string, asked?: Asked): Promise<Answer> {
  const response = await open(server, path, asked);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks)};
}
