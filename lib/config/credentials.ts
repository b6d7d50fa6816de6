// The account and address of Ikigai: from the environment or the project's .env, never from the config.
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {parseEnv} from "node:util";
import {z} from "zod";
import {reasonOf} from "../disk/index.js";
import {ConfigError} from "./schema.js";

/** Settings that a variable of the environment gives. */
type Environment = Record<string, string | undefined>;

/**
 * What the client signs in with. The key stands behind a getter, so that logging, inspecting, spreading or serializing this object
 * can't show it.
 */
export class Credentials {
  readonly userEmail: string;
  readonly baseUrl: string;
  readonly #apiKey: string;

  constructor({userEmail, apiKey, baseUrl}: {userEmail: string; apiKey: string; baseUrl: string}) {
    this.userEmail = userEmail;
    this.baseUrl = baseUrl;
    this.#apiKey = apiKey;
  }

  /** The account's key. It is not an own property, so only code that names it gets it. */
  get apiKey(): string {
    return this.#apiKey;
  }
}

const defaultBaseUrl = "https://api.ikigailabs.io";

/** Each variable, what it must be, and what to write if it isn't. Messages never repeat the value. */
const variables = {
  IKIGAI_USER_EMAIL: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/, "should be the email address of your Ikigai account"),
  // A header carries it, so only characters that a header can hold; \x21-\x7e also finds a key pasted with a space or a line break.
  IKIGAI_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, "has spaces or characters that no key has; copy it again from Ikigai"),
  IKIGAI_BASE_URL: z
    .string()
    .regex(/^https?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/, `should be an address such as ${defaultBaseUrl}`)
};

/**
 * Reads the credentials from the environment and, for variables missing there, from `.env` in the project's folder.
 * @throws ConfigError naming the variable and where to set it; it never shows a value
 */
export async function credentials(
  root = process.cwd(),
  env: Environment = process.env
): Promise<Credentials> {
  const file = join(root, ".env");
  const isComplete = Object.keys(variables).every((name) => env[name]);
  const fromFile = isComplete ? {} : await readEnv(file);
  const problems: string[] = [];
  const read = (name: keyof typeof variables, fallback?: string): string => {
    // A variable set to an empty text is not set: shells and CI systems clear one so.
    const value = (env[name] || fromFile[name] || "").trim() || fallback;
    if (value === undefined) {
      problems.push(`${name} is not set`);
      return "";
    }
    const result = variables[name].safeParse(value);
    if (!result.success) {
      const where = env[name] ? "in the environment" : `in ${file}`;
      problems.push(`${name} ${where} ${result.error.issues[0]!.message}`);
    }
    return value;
  };
  const found = {
    userEmail: read("IKIGAI_USER_EMAIL"),
    apiKey: read("IKIGAI_API_KEY"),
    baseUrl: read("IKIGAI_BASE_URL", defaultBaseUrl).replace(/\/+$/, "")
  };
  if (problems.length) {
    throw new ConfigError(
      `Can't sign in to Ikigai:\n${problems.map((problem) => `  ${problem}`).join("\n")}\n` +
        `Set it in the environment, or on a line NAME=value of ${file}. Without an account, give the command --local: it then uses the local platform.`
    );
  }
  return new Credentials(found);
}

/**
 * Whether the environment or `.env` names an account, even a wrong one: errors in it must be reported, not
 * ignored.
 */
export async function hasCredentials(root = process.cwd(), env: Environment = process.env): Promise<boolean> {
  const fromFile = await readEnv(join(root, ".env"));
  return Object.keys(variables).some((name) => Boolean(env[name] || fromFile[name]));
}

/** A variable's value from the environment or, where it isn't set there, from `.env` in the project's folder. */
export async function environmentVariable(
  name: string,
  root = process.cwd(),
  env: Environment = process.env
): Promise<string | undefined> {
  return env[name] || (await readEnv(join(root, ".env")))[name] || undefined;
}

async function readEnv(file: string): Promise<Environment> {
  try {
    return parseEnv(await readFile(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw new ConfigError(`Can't read ${file}: ${reasonOf(error, file)}`, {cause: error});
  }
}
