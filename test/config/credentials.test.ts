// Where credentials come from, and that the key stays unseen.
import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {inspect} from "node:util";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {ConfigError, credentials} from "../../lib/config/index.js";

const key = "marked-key-8f3a";
const env = {IKIGAI_USER_EMAIL: "ann@example.com", IKIGAI_API_KEY: key};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "ikigai-env-"));
});
afterEach(() => rm(root, {recursive: true}));

const faultOf = async (given: Record<string, string | undefined>) => {
  const error = await credentials(root, given).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(ConfigError);
  return (error as Error).message;
};

describe("credentials", () => {
  it("come from the environment, the base URL by default Ikigai's", async () => {
    const {userEmail, apiKey, baseUrl} = await credentials(root, env);
    expect({userEmail, apiKey, baseUrl}).toEqual({
      userEmail: "ann@example.com",
      apiKey: key,
      baseUrl: "https://api.ikigailabs.io"
    });
  });

  it("come from .env, and the environment wins", async () => {
    await writeFile(
      join(root, ".env"),
      `# local\nIKIGAI_USER_EMAIL=bob@example.com\nIKIGAI_API_KEY="from-file"\nIKIGAI_BASE_URL=http://127.0.0.1:4000/\n`
    );
    expect((await credentials(root, {})).apiKey).toBe("from-file");
    const {userEmail, apiKey, baseUrl} = await credentials(root, {
      IKIGAI_API_KEY: key,
      IKIGAI_USER_EMAIL: ""
    });
    expect([userEmail, apiKey, baseUrl]).toEqual(["bob@example.com", key, "http://127.0.0.1:4000"]);
  });

  it("name every variable that is missing, and where to set it", async () => {
    const message = await faultOf({});
    expect(message).toContain("IKIGAI_USER_EMAIL is not set");
    expect(message).toContain("IKIGAI_API_KEY is not set");
    expect(message).toContain(join(root, ".env"));
  });

  it.each([
    [{...env, IKIGAI_USER_EMAIL: "ann"}, "IKIGAI_USER_EMAIL in the environment should be the email address"],
    [
      {...env, IKIGAI_BASE_URL: "api.ikigailabs.io"},
      "IKIGAI_BASE_URL in the environment should be an address such as"
    ],
    [
      {...env, IKIGAI_BASE_URL: "https://ann:secret@host"},
      "IKIGAI_BASE_URL in the environment should be an address"
    ],
    [{...env, IKIGAI_API_KEY: `${key} ${key}`}, "IKIGAI_API_KEY in the environment has spaces"]
  ])("say what is wrong, never the value", async (given, message) => {
    const found = await faultOf(given);
    expect(found).toContain(message);
    expect(found).not.toContain(key);
    expect(found).not.toContain("secret");
  });

  it("tell a file that can't be read", async () => {
    await mkdir(join(root, ".env"));
    expect(await faultOf(env)).toContain(`Can't read ${join(root, ".env")}`);
  });

  it("can't show the key by accident", async () => {
    const found = await credentials(root, env);
    const shown = [
      inspect(found, {showHidden: true, depth: 9}),
      JSON.stringify(found),
      `${Object.entries(found).join()}`,
      JSON.stringify({...found}),
      inspect(structuredClone(found))
    ];
    for (const text of shown) expect(text).not.toContain(key);
    expect(shown[0]).toContain("ann@example.com");
  });
});
