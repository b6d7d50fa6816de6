// Writes an account into .env, which only its owner can read.
import {chmod, writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {Credentials} from "../config/index.js";
import {textOf} from "../start/index.js";

/** Adds the variables to .env; what else is in it stays. */
export async function writeEnv(root: string, {userEmail, apiKey, baseUrl}: Credentials): Promise<void> {
  const file = join(root, ".env");
  const before = (await textOf(file)) ?? "";
  const lines = [`IKIGAI_USER_EMAIL=${userEmail}`, `IKIGAI_API_KEY=${apiKey}`, `IKIGAI_BASE_URL=${baseUrl}`];
  const text = before === "" || before.endsWith("\n") ? before : `${before}\n`;
  await writeFile(file, `${text}${lines.join("\n")}\n`, {mode: 0o600});
  await chmod(file, 0o600); // one that was there keeps its mode otherwise
}
