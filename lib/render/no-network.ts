// A process without a network: whatever a page's code finds, a connection can't be made.
import {Socket} from "node:net";

/** For the rest of the process. Pipes, by which it talks to its parent, are no such connections. */
export function closeNetwork(): void {
  Socket.prototype.connect = function connect() {
    throw new TypeError("a page that is rendered sends no requests");
  };
}
