// Where Framework is looked for.
import {expect, it} from "vitest";
import {frameworkFolder} from "../../lib/hermetic/installed.js";
import {repository} from "./project.js";

it("says what to set where there is no node_modules by Yarn's choice", () => {
  const versions = process.versions;
  Object.defineProperty(process, "versions", {value: {...versions, pnp: "3"}, configurable: true});
  try {
    expect(() => frameworkFolder(repository)).toThrow("nodeLinker: node-modules");
  } finally {
    Object.defineProperty(process, "versions", {value: versions, configurable: true});
  }
  expect(frameworkFolder(repository)).toMatch(/dist$/);
});
