// The folders in which this kit keeps what is its own, in a project's `.ikigai`.
import {join} from "node:path";

export const ownNames = [
  "build",
  "editions",
  "gateway",
  "gateway-dev",
  "history",
  "locks",
  "platform"
] as const;

export const ownFolder = (root: string, name: (typeof ownNames)[number]): string =>
  join(root, ".ikigai", name);
