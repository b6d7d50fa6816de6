// What a loader says on standard error: one moving line in a terminal, plain lines when piped.
import {bytes, step, transferred, type Screen, type Step} from "../lib/terminal/index.js";
import type {PullProgress} from "./make-file.js";
import type {PulledFile} from "./pull.js";

export interface Reporter {
  progress: (progress: PullProgress) => void;
  warning: (warning: string) => void;
  done: (file: PulledFile) => void;
  failed: (error: unknown) => void;
}

const verbs = {run: "running its sql on the platform", download: "downloading", convert: "converting"};

export function reporter(screen: Screen): Reporter {
  // Before there is news of a file, all there can be to say is why there is none.
  let line: Step | undefined;
  const note = (text: string) => (line ? line.note(text) : screen.write(`${text}\n`));
  return {
    progress({file, step: doing, done, total}) {
      if (doing === "done") return;
      line ??= step(file, screen);
      line.progress(verbs[doing], done, total, doing === "download" ? transferred(done, total) : "");
    },
    warning: (warning) => void note(`warning: ${warning}`),
    done({file, rows, bytes: size}) {
      line ??= step(file, screen);
      line.done(`${rows.toLocaleString("en-US")} rows, ${bytes(size)}`);
    },
    failed(error) {
      line?.fail();
      // More than a line, where several things are wrong.
      screen.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
      if (process.env.IKIGAI_KIT_DEBUG === "1" && error instanceof Error)
        screen.write(`${error.stack ?? ""}\n`);
    }
  };
}
