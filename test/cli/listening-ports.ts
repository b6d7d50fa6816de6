// Where the processes of a group listen, as Linux knows it: a port that nobody is told of can be found in no other way.
import {readdirSync, readFileSync, readlinkSync} from "node:fs";

/** The TCP ports that the group's processes listen at, in order. */
export function listeningPorts(group: number): number[] {
  const sockets = new Set(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && groupOf(name) === group)
      .flatMap((name) => openSockets(name))
  );
  const ports = ["tcp", "tcp6"].flatMap((table) => listening(table)).filter(({inode}) => sockets.has(inode));
  return [...new Set(ports.map(({port}) => port))].sort((a, b) => a - b);
}

/** Its third field after the name, which is in parentheses and may hold anything. */
const groupOf = (pid: string) =>
  Number(attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, ""), "").split(" ")[2]);

const openSockets = (pid: string) =>
  attempt(() => readdirSync(`/proc/${pid}/fd`), []).flatMap((fd) => {
    const target = attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`), "");
    return /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? [];
  });

function listening(table: string): {port: number; inode: string}[] {
  const [, ...lines] = attempt(() => readFileSync(`/proc/net/${table}`, "utf8"), "")
    .trim()
    .split("\n");
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === "0A")
    .map(([, local, , , , , , , , inode]) => ({port: parseInt(local!.split(":")[1]!, 16), inode: inode!}));
}

/** What a process had is gone with it. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
