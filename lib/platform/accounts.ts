// Who can call the platform: users with their keys, kept in a file that only its owner can read.
import {createHash, randomBytes, timingSafeEqual} from "node:crypto";
import {open, readFile, rename} from "node:fs/promises";
import {z} from "zod";
import {DamagedError} from "../journal/index.js";
import {hasCode, reason} from "./error.js";
import {startAgain} from "./journal-kind.js";

const accountFile = z.object({
  users: z.array(z.object({email: z.string().min(1), apiKey: z.string().min(32)})).min(1),
  /** Signs the object store's URLs. */
  secret: z.string().min(32)
});
type AccountFile = z.output<typeof accountFile>;

/** The user that a new platform has. */
const firstUser = "analyst@example.com";

const newKey = () => randomBytes(32).toString("base64url");

export interface Account {
  email: string;
  apiKey: string;
}

export class Accounts {
  private constructor(
    private readonly file: string,
    private content: AccountFile
  ) {}

  /** Reads the file, or makes it with one user and a new key. */
  static async open(file: string): Promise<Accounts> {
    const text = await readFile(file, "utf8").catch((error: unknown) => {
      if (hasCode(error, "ENOENT")) return undefined;
      throw error;
    });
    if (text === undefined) {
      const content = {users: [{email: firstUser, apiKey: newKey()}], secret: newKey()};
      await writePrivately(file, content);
      return new Accounts(file, content);
    }
    try {
      return new Accounts(file, accountFile.parse(JSON.parse(text)));
    } catch (error) {
      const fault = error instanceof z.ZodError ? z.prettifyError(error) : reason(error);
      throw new DamagedError(file, "whole file", fault, startAgain);
    }
  }

  get first(): Account {
    return this.content.users[0]!;
  }

  get secret(): string {
    return this.content.secret;
  }

  /** Gives a user a key; one that is there already keeps theirs. */
  async add(email: string): Promise<Account> {
    const known = this.content.users.find((user) => user.email === email);
    if (known) return known;
    const user = {email, apiKey: newKey()};
    this.content = {...this.content, users: [...this.content.users, user]};
    await writePrivately(this.file, this.content);
    return user;
  }

  /** Whether this is the user's key, in a time that tells nothing of either. */
  accepts(email: string, apiKey: string): boolean {
    const user = this.content.users.find((candidate) => candidate.email === email);
    const matches = timingSafeEqual(digest(apiKey), digest(user?.apiKey ?? ""));
    return matches && user !== undefined;
  }

  /**
   * The email of the user who signs in as browsers do (Basic, RFC 7617), with the key as the password; undefined
   * where they don't belong together.
   */
  ofBrowser(authorization = ""): string | undefined {
    const [, encoded = ""] = /^Basic ([\w+/=]+)$/i.exec(authorization) ?? [];
    const [, email, apiKey] = /^([^:]+):(.+)$/.exec(Buffer.from(encoded, "base64").toString()) ?? [];
    if (email === undefined || apiKey === undefined) return undefined;
    return this.accepts(email.toLowerCase(), apiKey) ? email.toLowerCase() : undefined;
  }
}

/** Hashing makes keys of any length comparable in constant time. */
const digest = (text: string) => createHash("sha256").update(text).digest();

async function writePrivately(file: string, content: AccountFile): Promise<void> {
  const handle = await open(file + ".new", "w", 0o600);
  try {
    await handle.writeFile(JSON.stringify(content, null, 2) + "\n");
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(file + ".new", file);
}
