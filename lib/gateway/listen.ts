// Listening on loopback at a wished port or, when that is taken, at the next free one.
import fastify, {type FastifyInstance} from "fastify";

/** How many ports after the wished one are tried. */
const reach = 50;

/**
 * Listens on 127.0.0.1 at `port`, or at the first free port after it; 0 takes any free one. Resolves to the site's URL,
 * without a trailing slash. A port below 1024 that the user may not open, or 50 taken ports in a row, throws an Error
 * that names them.
 */
export async function listen(server: FastifyInstance, port: number): Promise<string> {
  for (let candidate = port; candidate <= Math.min(port + reach, 65535); ++candidate) {
    try {
      await server.listen({host: "127.0.0.1", port: candidate});
      const address = server.server.address();
      if (address === null || typeof address === "string") throw new Error("The server has no port.");
      return `http://127.0.0.1:${address.port}`;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EACCES") {
        throw new Error(
          `Port ${candidate} may not be opened by this user. Choose one from 1024 up: --port 3000`,
          {
            cause: error
          }
        );
      }
      if (code !== "EADDRINUSE") throw error;
    }
  }
  throw new Error(`Ports ${port} to ${port + reach} are all taken. Name a free one: --port N`);
}

/** A port for a server of another's making, chosen as {@link listen} does. Nothing keeps it free until that one listens. */
export async function freePort(port: number): Promise<number> {
  const server = fastify();
  try {
    return Number(new URL(await listen(server, port)).port);
  } finally {
    await server.close();
  }
}
