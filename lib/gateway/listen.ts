// Listening, and finding a port to listen at.
import {createServer} from "node:net";
import type {FastifyInstance} from "fastify";

/** How many ports after the preferred one are tried. */
const portsToTry = 50;

/** Listens, and resolves to where it answers, without a trailing slash. An Error names the port or host, and the fix. */
export async function listen(server: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await server.listen({host, port});
  } catch (error) {
    throw explained(error as NodeJS.ErrnoException, host, port);
  }
  const address = server.server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return `http://${reachable(host)}:${address.port}`;
}

/** The preferred port on loopback or, when that is taken, the next free one; 0 takes any. It is not reserved. */
export async function freePort(preferred: number): Promise<number> {
  for (let port = preferred; port <= Math.min(preferred + portsToTry, 65535); ++port) {
    try {
      return await tryPort(port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") {
        throw explained(error as NodeJS.ErrnoException, "127.0.0.1", port);
      }
    }
  }
  throw new Error(`Ports ${preferred} to ${preferred + portsToTry} are all taken. Name a free one: --port N`);
}

/** Throws the Error of {@link listen} before anything is started for a server that couldn't listen. */
export async function checkListen(host: string, port: number): Promise<void> {
  await tryPort(port, host).catch((error: NodeJS.ErrnoException) => {
    throw explained(error, host, port);
  });
}

const tryPort = (preferred: number, host = "127.0.0.1") =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(preferred, host, () => {
      const {port} = server.address() as {port: number};
      server.close(() => resolve(port));
    });
  });

/** An address that a browser on this machine can open. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reasons: Record<string, string> = {
    EACCES: `This user can't open port ${port}. Choose one from 1024 up: --port 3000`,
    EADDRINUSE: `Port ${port} of ${host} is taken. Name a free one: --port N`,
    EADDRNOTAVAIL: `${host} is not an address of this machine. --host 0.0.0.0 listens at all of them`,
    ENOTFOUND: `--host ${host}: host not found. Use 127.0.0.1, 0.0.0.0, or a name or address of this machine`
  };
  const reason = reasons[error.code ?? ""];
  return reason === undefined ? error : new Error(reason, {cause: error});
}
