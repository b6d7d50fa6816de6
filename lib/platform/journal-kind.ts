// What sets the platform's journal apart, and how its state folder is fixed.
import type {JournalKind} from "../journal/index.js";
import {PlatformError} from "./error.js";

/** The way out for somebody whose state folder is damaged and who has no copy of it. */
export const startAgain = "start again from nothing with --reset (everything in the folder is then lost)";

export const journalKind: JournalKind = {
  owner: "platform",
  version: 1,
  withoutCopy: startAgain,
  failure: (message) => new PlatformError(500, message)
};
