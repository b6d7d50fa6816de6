// nginx and Caddy for the tests: the installed ones, or else Debian's packages unpacked into a folder, so that none of them is started
// as a service of this machine.
import {execFileSync, spawn} from "node:child_process";
import {existsSync, mkdirSync, readdirSync, rmSync} from "node:fs";
import {createServer, type AddressInfo} from "node:net";
import {delimiter, join} from "node:path";
import {onTestFinished} from "vitest";
import {repository} from "./recipe.js";

const unpacked = join(repository, "node_modules/.cache/ikigai-kit-proxies");

export type ProxyName = "nginx" | "caddy";

/** The program's path; or why there is none. */
export function findProxy(name: ProxyName): {path: string} | {missing: string} {
  if (name === "nginx" && !runs("openssl", "version"))
    return {missing: "openssl isn't installed, which makes the certificate for nginx"};
  const path = installed(name);
  if (path) return {path};
  const how = `${name} isn't installed: apt-get install ${name}`;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return {missing: how};
  try {
    unpack(name);
  } catch (error) {
    return {missing: `${how} (Debian's package can't be had: ${String(error).split("\n", 1)[0]})`};
  }
  const found = installed(name);
  return found ? {path: found} : {missing: how};
}

function installed(name: ProxyName): string | undefined {
  if (name === "nginx" && !mimeTypes()) return undefined;
  const own = ["usr/sbin", "usr/bin"].map((folder) => join(unpacked, name, folder));
  const folders = [...(process.env.PATH ?? "").split(delimiter).filter(Boolean), "/usr/sbin", ...own];
  return folders
    .map((folder) => join(folder, name))
    .find((path) => runs(path, name === "nginx" ? "-v" : "version"));
}

function runs(program: string, option: string): boolean {
  try {
    execFileSync(program, [option], {stdio: "ignore"});
    return true;
  } catch {
    return false;
  }
}

function unpack(name: ProxyName): void {
  const aside = join(unpacked, `${name}.${process.pid}`);
  mkdirSync(aside, {recursive: true});
  try {
    const run = (program: string, args: string[]) =>
      execFileSync(program, args, {cwd: aside, stdio: ["ignore", "ignore", "pipe"], timeout: 60_000});
    run("apt-get", ["update", "-q"]);
    const packages = name === "nginx" ? ["nginx", "nginx-common"] : ["caddy"];
    // As root, apt-get fetches as a user who can't write here unless it is told not to.
    run("apt-get", ["-o", "APT::Sandbox::User=root", "download", "-q", ...packages]);
    for (const file of readdirSync(aside)) run("dpkg-deb", ["-x", file, join(unpacked, name)]);
  } finally {
    rmSync(aside, {recursive: true, force: true});
  }
}

/** nginx's list of types, which its main configuration includes, where Debian puts it. */
export const mimeTypes = (): string | undefined =>
  ["/etc/nginx/mime.types", join(unpacked, "nginx/etc/nginx/mime.types")].find((path) => existsSync(path));

/** A port that was free a moment ago: neither of the programs can take any. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject).listen(0, "127.0.0.1", () => {
      const {port} = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** Starts a program that ends with the test, and resolves once `answers` does. Throws what it said when it ends before. */
export async function startProxy(
  path: string,
  args: string[],
  env: Record<string, string>,
  answers: () => Promise<unknown>
): Promise<void> {
  const child = spawn(path, args, {stdio: ["ignore", "ignore", "pipe"], env: {...process.env, ...env}});
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-4000)));
  const ended = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${path} ended with ${code}: ${said}`)));
  });
  ended.catch(() => undefined);
  onTestFinished(async () => {
    child.kill();
    await ended.catch(() => undefined);
  });
  let isOver = false;
  const answering = async (): Promise<void> => {
    while (!isOver) {
      try {
        return void (await answers());
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  };
  try {
    await Promise.race([answering(), ended]);
  } finally {
    isOver = true;
  }
}
