// The local platform as the commands start it.
import {createServer} from "node:net";
import {expect, it, onTestFinished, vi} from "vitest";
import {onLine, startLocal} from "../../lib/cli/local.js";
import {preparedState} from "./project.js";

it("has the address of the last time, since what was pulled is known by it, or another where that is taken", async () => {
  const {data, remove} = await preparedState();
  onTestFinished(remove);
  const start = async () => {
    const platform = await startLocal({data});
    await platform.close();
    return Number(new URL(platform.baseUrl).port);
  };
  const port = await start();
  expect(await start()).toBe(port);
  const other = createServer().listen(port, "127.0.0.1");
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.once("listening", resolve));
  expect(await start()).not.toBe(port);
});

it("says nothing where it should be quiet, since cron mails whatever is printed", async () => {
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  onTestFinished(() => write.mockRestore());
  const work = () => Promise.resolve([1, "http://127.0.0.1:4200"] as [number, string]);
  await onLine({quiet: true}, work);
  expect(write).not.toHaveBeenCalled();
  await onLine({}, work);
  expect(write).toHaveBeenCalled();
});
