import {defineConfig} from "vitest/config";

/** Property tests draw the same values each time; test/property.ts says how to draw others. */
const setupFiles = ["test/property.ts"];

/** How long `expect.poll` waits: a limit that only ends what hangs, below that of a test, so that it says what it waited for. */
const polled = (timeout: number) => ({poll: {timeout}});

/** Folders whose tests leave nothing behind in their process: their files share one, which loads the kit's modules once. */
const shared = [
  "charts",
  "config",
  "definition",
  "journal",
  "metrics",
  "names",
  "start",
  "terminal",
  "wire"
].map((folder) => `test/${folder}/**/*.test.ts`);

const node = {
  setupFiles,
  maxWorkers: 2,
  testTimeout: 120_000,
  hookTimeout: 300_000,
  expect: polled(60_000)
};

// Pages' components import the kit as pages do.
const resolve = {
  alias: [{find: /^npm:ikigai-kit\/(.+)$/, replacement: `${import.meta.dirname}/lib/$1/index.ts`}]
};

// Two files at a time, on two cores too: much of a test is waiting. Browser tests share the cores with Chromium, so their files run
// one after another, after the others.
export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          ...node,
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/browser/**", "test/conformance/**", "test/package/**", ...shared]
        }
      },
      {resolve, test: {...node, name: "node-shared", include: shared, isolate: false}},
      {
        test: {
          name: "browser",
          setupFiles,
          globalSetup: "test/browser/install.ts",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 240_000,
          hookTimeout: 400_000,
          expect: polled(60_000),
          fileParallelism: false,
          sequence: {groupOrder: 1}
        }
      },
      {
        test: {
          name: "conformance",
          globalSetup: "test/conformance/install.ts",
          include: ["test/conformance/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 600_000,
          expect: polled(60_000),
          // The scenarios mostly wait between the Python client's polls.
          maxWorkers: 2,
          sequence: {groupOrder: 2}
        }
      },
      {
        test: {
          name: "package",
          globalSetup: "test/package/setup.ts",
          include: ["test/package/**/*.test.ts"],
          testTimeout: 400_000,
          hookTimeout: 300_000,
          expect: polled(60_000),
          fileParallelism: false,
          sequence: {groupOrder: 3}
        }
      }
    ]
  }
});
