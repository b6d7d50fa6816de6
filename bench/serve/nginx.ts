// nginx in front of a folder, as it comes from the distribution, with its compressed siblings: a worker a core, no log of accesses.
import {spawn} from "node:child_process";
import {once} from "node:events";
import {existsSync} from "node:fs";
import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {setTimeout as sleep} from "node:timers/promises";
import {freePort} from "../../lib/gateway/index.js";

const programs = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx"];

export interface Nginx {
  port: number;
  stop(): Promise<void>;
}

/** Undefined where it isn't installed. */
export async function startNginx(folder: string, site: string): Promise<Nginx | undefined> {
  const program = programs.find((path) => existsSync(path));
  if (!program) return undefined;
  const port = await freePort(18_080);
  await mkdir(folder, {recursive: true});
  const at = (name: string) => join(folder, name);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${at(name)};`
  );
  await writeFile(
    at("nginx.conf"),
    `${process.getuid?.() === 0 ? "user root;" : ""}
worker_processes auto;
pid ${at("pid")};
error_log ${at("error.log")};
events {}
http {
  access_log off;
  sendfile on;
  keepalive_requests 1000000;
  gzip_static on;
  ${temporary.join("\n  ")}
  types { text/html html; text/javascript js; text/css css; text/csv csv; }
  server {
    listen 127.0.0.1:${port};
    root ${site};
    location / { try_files $uri $uri.html $uri/index.html =404; }
  }
}
`
  );
  const child = spawn(program, ["-c", at("nginx.conf"), "-g", "daemon off;"], {
    stdio: ["ignore", "ignore", "inherit"]
  });
  const exited = once(child, "exit");
  while (
    !(await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false
    ))
  ) {
    if (child.exitCode !== null)
      throw new Error(`nginx ended with code ${child.exitCode}: see ${at("error.log")}`);
    await sleep(50);
  }
  return {
    port,
    async stop() {
      child.kill();
      await exited;
    }
  };
}
