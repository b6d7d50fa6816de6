// The units for systemd, checked by its own program where it is installed.
import {spawnSync} from "node:child_process";
import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, describe, expect, it} from "vitest";
import {readRecipe, replaced} from "./recipe.js";

const services = ["ikigai-dashboard.service", "ikigai-refresh.service"];
const folder = mkdtempSync(join(tmpdir(), "ikigai-units-"));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

// The program must exist for systemd.
const program = "/srv/dashboards/node_modules/.bin/ikigai-kit";
const written = (name: string) => {
  const text = readRecipe(name);
  const path = join(folder, name);
  writeFileSync(path, name.endsWith(".service") ? replaced(text, {[program]: "/bin/true"}) : text);
  return path;
};

const analyze = (...args: string[]) => spawnSync("systemd-analyze", args, {encoding: "utf8"});
const found = analyze("--version");
const missing =
  found.status !== 0 &&
  "systemd-analyze isn't installed, or doesn't run here: the units are read by the tests above alone";

describe("a unit", () => {
  it.each(services)(
    "%s runs the program in the project, as a user of its own, with a key that isn't in it",
    (name) => {
      const text = readRecipe(name);
      for (const line of [
        "User=dashboards",
        "WorkingDirectory=/srv/dashboards",
        "EnvironmentFile=/etc/dashboards.env",
        "ReadWritePaths=/srv/dashboards",
        "NoNewPrivileges=true",
        "ProtectSystem=strict"
      ])
        expect(text.split("\n")).toContain(line);
      expect(text).not.toMatch(/^Environment=|^MemoryDenyWriteExecute/m);
    }
  );

  it("publishes with stale data without failing", () => {
    expect(readRecipe("ikigai-refresh.service")).toMatch(/^SuccessExitStatus=3$/m);
  });
});

describe.skipIf(missing)(`systemd${missing ? ` (skipped: ${missing})` : ""}`, () => {
  it("finds nothing wrong in the units", () => {
    const {status, stderr} = analyze("verify", ...[...services, "ikigai-refresh.timer"].map(written));
    // It may tell of other units of the machine's own.
    expect([status, stderr.split("\n").filter((line) => line.includes("ikigai-"))]).toEqual([0, []]);
    const broken = join(folder, "ikigai-broken.service");
    writeFileSync(
      broken,
      replaced(readRecipe(services[0]!), {[program]: "/bin/true", "KillMode=mixed": "KillMode=x"})
    );
    expect(analyze("verify", broken).stderr).toMatch(/ikigai-broken\.service.*kill mode/i);
  });

  it("knows when the timer is due", () => {
    const [, when] = /^OnCalendar=(.*)$/m.exec(readRecipe("ikigai-refresh.timer"))!;
    const {status, stdout} = analyze("calendar", when!);
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/Normalized form: \*-\*-\* 06:00:00 Europe\/Berlin/)
    ]);
  });
});
