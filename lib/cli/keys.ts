// Keys that are pressed in a terminal while a command runs.

/** Calls what belongs to a key; undefined where standard input is no terminal. Ctrl-C works as usual. */
export function onKeys(actions: Record<string, () => void>): {close(): void} | undefined {
  const {stdin} = process;
  if (!stdin.isTTY) return undefined;
  const take = (keys: Buffer) => {
    for (const key of keys.toString()) {
      if (key === "\u0003") process.kill(process.pid, "SIGINT");
      else actions[key]?.();
    }
  };
  stdin.setRawMode(true);
  stdin.on("data", take);
  stdin.resume();
  return {
    close() {
      stdin.off("data", take);
      stdin.setRawMode(false);
      stdin.pause();
    }
  };
}
