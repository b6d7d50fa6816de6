// The local platform as the commands start it.
import {createServer} from "node:net";
import {expect, it, onTestFinished} from "vitest";
import {startLocal} from "../../lib/cli/local.js";
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
