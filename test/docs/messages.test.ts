// Each message that docs/troubleshooting.md explains is one that the kit or the platform gives: what stands between its `…` is in the code.
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {pages, root} from "./pages.js";

const sources = ["lib", "data-loaders"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), {recursive: true, encoding: "utf8"})
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(root, folder, file), "utf8"))
  )
  .join("\n");

/** The parts of a message that are the same whatever it names. */
const fixedParts = (message: string) =>
  message
    .split("…")
    .map((part) => part.trim())
    .filter((part) => /[a-z]{2}/i.test(part));

const missing = (message: string) => fixedParts(message).filter((part) => !sources.includes(part));

const messages = Array.from(
  pages.get("docs/troubleshooting.md")!.matchAll(/^\*\*`([^`]*)`/gm),
  ([, message]) => message!
).filter((message) => !/^\d+$/.test(message));

it("finds them", () => {
  expect(messages.length).toBeGreaterThan(8);
  expect(missing("there is no … which nobody says")).toEqual(["which nobody says"]);
});

it.each(messages)("the code says: %s", (message) => expect(missing(message)).toEqual([]));
