// What a loader says on standard error: one moving line in a terminal, a plain line for each step when piped.
import type {PullProgress} from "./make.js";
import type {PulledFile} from "./pull.js";

/** Where the text goes: `process.stderr`, or a stand-in in a test. */
export interface Screen {
  write(text: string): unknown;
  isTTY?: boolean;
}

export interface Reporter {
  progress: (progress: PullProgress) => void;
  warning: (warning: string) => void;
  done: (file: PulledFile) => void;
  failed: (error: unknown) => void;
}

const verbs = {download: "downloading", convert: "converting"};

export function reporter(screen: Screen): Reporter {
  const started = performance.now();
  let last = "";
  /** Puts a whole line where the moving one was. */
  const line = (text: string) => screen.write(`${screen.isTTY && last ? "\r\x1b[2K" : ""}${text}\n`);
  return {
    progress({file, step, done, total}) {
      if (step === "done") return;
      const text = `${file}: ${verbs[step]}`;
      if (screen.isTTY)
        screen.write(`\r\x1b[2K${text}${step === "download" ? bytesOf(done, total) : bar(done, total)}`);
      else if (text !== last) screen.write(`${text}\n`);
      last = text;
    },
    warning: (warning) => void line(`warning: ${warning}`),
    done({file, rows, bytes}) {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      line(`${file}: ${rows.toLocaleString("en-US")} rows, ${size(bytes)} in ${seconds} s`);
    },
    failed(error) {
      line(`error: ${error instanceof Error ? error.message : String(error)}`);
      if (process.env.IKIGAI_KIT_DEBUG === "1" && error instanceof Error) line(error.stack ?? "");
    }
  };
}

const barWidth = 20;

function bar(done = 0, total?: number): string {
  if (!total) return "";
  const filled = Math.round((Math.min(done, total) / total) * barWidth);
  return ` ${"█".repeat(filled)}${"░".repeat(barWidth - filled)}`;
}

const bytesOf = (done = 0, total?: number) =>
  total ? `${bar(done, total)} ${size(done)} of ${size(total)}` : ` ${size(done)}`;

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB", "TB"];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}
