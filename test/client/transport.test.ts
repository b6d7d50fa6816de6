// How calls travel: what is sent, what is sent again, and what each failure is called.
import {describe, expect, it, onTestFinished, vi} from "vitest";
import {
  AuthenticationError,
  Ikigai,
  IkigaiError,
  NetworkError,
  NotFoundError,
  PlatformError,
  RequestError,
  TimeoutError,
  ValidationError,
  type IkigaiOptions
} from "../../lib/client/index.js";
import {checkOptions} from "../../lib/client/options.js";
import {Transport} from "../../lib/client/transport.js";
import * as wire from "../../lib/wire/index.js";
import {drop, hang, json, scriptedServer, text, trickle, cut, type Step} from "./scripted-server.js";

const app = {
  project_id: "p1",
  name: "Demand",
  owner: "ann@example.com",
  description: "",
  created_at: "1",
  modified_at: "2",
  last_used_at: "3"
};
const apps = json({projects: [app], limit_warning: ""});
const user = {userEmail: "bob@example.com", apiKey: "a-key"};

async function clientOf(steps: Step[], options: Partial<IkigaiOptions> = {}) {
  const server = await scriptedServer(...steps);
  return {
    ...server,
    client: new Ikigai({...user, baseUrl: server.baseUrl, retry: {delay: () => 0}, ...options})
  };
}

const failureOf = async (promise: Promise<unknown>): Promise<IkigaiError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason
  );
  expect(error).toBeInstanceOf(IkigaiError);
  return error as IkigaiError;
};

describe("a call", () => {
  it("carries the user and the key as headers", async () => {
    const {client, asked} = await clientOf([apps]);
    await client.apps.list();
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      method: "GET",
      url: "/component/get-projects-for-user?fetch_all=True",
      headers: {user: "bob@example.com", "api-key": "a-key", accept: "application/json"}
    });
  });

  it("goes to the base URL's own path", async () => {
    const {baseUrl, asked} = await scriptedServer(apps);
    await new Ikigai({...user, baseUrl: `${baseUrl}/ikigai/`}).apps.list();
    expect(asked[0]?.url).toBe("/ikigai/component/get-projects-for-user?fetch_all=True");
  });

  it("keeps connections for the next ones", async () => {
    const ports = new Set<unknown>();
    const {client} = await clientOf([
      (request, response) => {
        ports.add(request.socket.remotePort);
        apps(request, response);
      }
    ]);
    for (let i = 0; i < 10; i++) await client.apps.list();
    expect(ports.size).toBeLessThan(3);
  });

  it("passes on that a list was cut short", async () => {
    const onWarning = vi.fn();
    const {client} = await clientOf([json({projects: [app], limit_warning: "Only 1 is listed"})], {
      onWarning
    });
    await client.apps.list();
    expect(onWarning.mock.calls).toEqual([["Only 1 is listed"]]);
  });

  it("is a warning of Node's where nobody asked for it", async () => {
    const emitWarning = vi.spyOn(process, "emitWarning").mockReturnValue();
    onTestFinished(() => emitWarning.mockRestore());
    const {client} = await clientOf([json({projects: [app], limit_warning: "Only 1 is listed"})]);
    await client.apps.list();
    expect(emitWarning.mock.calls).toEqual([["Only 1 is listed", "IkigaiWarning"]]);
  });
});

describe("a word that isn't known", () => {
  const dataset = (id: string, type: string) => ({
    project_id: "p1",
    dataset_id: id,
    name: `Stores ${id}`,
    filename: "",
    file_extension: "csv",
    data_types: {place: {data_type: type, data_formats: {}}},
    size: 1,
    created_at: "1",
    modified_at: "1"
  });

  it("leaves every other dataset of the app within reach, and is warned of once", async () => {
    const onWarning = vi.fn<(warning: string) => void>();
    const datasets = json({datasets: [dataset("1", "TEXT"), dataset("2", "GEOGRAPHY")]});
    const {client} = await clientOf([json({project: app}), datasets], {onWarning});
    const {datasets: browser} = await client.apps.byId("p1");
    for (let i = 0; i < 3; ++i) expect((await browser.get("Stores 1")).datasetId).toBe("1");
    expect((await browser.get("Stores 2")).dataTypes.place!.dataType).toBe("GEOGRAPHY");
    expect(onWarning.mock.calls).toEqual([
      [
        expect.stringMatching(
          /get-datasets-for-project: the answer has words that .* datasets\[1\]\.data_types\.place\.data_type is "GEOGRAPHY"/
        )
      ]
    ]);
  });

  it("is one of so many that the first few tell enough", async () => {
    const onWarning = vi.fn<(warning: string) => void>();
    const many = Array.from({length: 9}, (_, i) => dataset(String(i), "GEOGRAPHY"));
    const {client} = await clientOf([json({project: app}), json({datasets: many})], {onWarning});
    expect((await (await client.apps.byId("p1")).datasets.list()).size).toBe(9);
    expect(onWarning.mock.calls[0]![0]).toMatch(/datasets\[4\].*; and 4 more\. Look for a newer version$/);
  });
});

describe("a name", () => {
  const cutShort = json({projects: [app], limit_warning: "Only 1 is listed"});

  it("is looked for in the list, which shows whether it is one app's alone", async () => {
    const {client, asked} = await clientOf([
      json({projects: [app, {...app, project_id: "p2"}]}),
      json({directories: []})
    ]);
    await expect(client.apps.get("Demand")).rejects.toThrow('by one of "p1" (at the top level, modified');
    expect(asked.map(({url}) => url.split("?")[0])).toEqual([
      "/component/get-projects-for-user",
      "/component/get-project-directories-for-user"
    ]);
  });

  it("is asked for itself when it isn't in a list that was cut short", async () => {
    const onWarning = vi.fn();
    const other = json({project: {...app, name: "Other & more"}});
    const {client, asked} = await clientOf([cutShort, other], {onWarning});
    expect((await client.apps.get("Other & more")).name).toBe("Other & more");
    expect(asked[1]?.url).toBe("/component/get-project?name=Other+%26+more");
    expect(onWarning).not.toHaveBeenCalled();
  });
});

describe("a call that only reads is sent again", () => {
  it.each<[string, Step]>([
    ["a 500", text("oops", 500)],
    ["a 503", text("busy", 503)],
    ["a 429", json({message: "Too many"}, 429)],
    ["a dropped connection", drop],
    ["a body that was cut", cut('{"projects":', 500)]
  ])("after %s", async (_, failure) => {
    const {client, asked} = await clientOf([failure, failure, apps]);
    expect((await client.apps.list()).names()).toEqual(["Demand"]);
    expect(asked).toHaveLength(3);
  });

  it("as often as the option retry says, and then fails with the last answer", async () => {
    const {client, asked} = await clientOf([json({message: "Database is down"}, 502)], {
      retry: {limit: 2, delay: () => 0}
    });
    const error = await failureOf(client.apps.list());
    expect(error).toBeInstanceOf(PlatformError);
    expect(error).toMatchObject({status: 502, call: "GET /component/get-projects-for-user"});
    expect(error.message).toMatch(/Database is down \[502\].*try again later/);
    expect(asked).toHaveLength(3);
  });

  it("after the pause that Retry-After asks for", async () => {
    const {client, asked} = await clientOf([text("", 429, {"retry-after": "1"}), apps]);
    await client.apps.list();
    expect(asked[1]!.at - asked[0]!.at).toBeGreaterThan(950);
  });

  it("but not when the platform asks for a longer pause than anybody waits for", async () => {
    const {client, asked} = await clientOf([text("", 503, {"retry-after": "3600"})]);
    const error = await failureOf(client.apps.list());
    expect(error).toMatchObject({status: 503, retryAfter: 3_600_000});
    expect(error.message).toContain("try again in 3600 s");
    expect(asked).toHaveLength(1);
  });

  it("with a warning when that takes a while", async () => {
    const onWarning = vi.fn<(warning: string) => void>();
    const busy = Array<Step>(6).fill(json({message: "Restarting"}, 503));
    const {client, asked} = await clientOf([...busy, apps], {onWarning});
    await client.apps.list();
    expect(asked).toHaveLength(7);
    expect(onWarning.mock.calls).toEqual([
      [expect.stringMatching(/Restarting \[503\].* Trying again, up to 7 more times$/)]
    ]);
  });

  it("but not after an answer that will stay the same", async () => {
    const {client, asked} = await clientOf([json({message: "name is required"}, 400)]);
    await failureOf(client.apps.list());
    expect(asked).toHaveLength(1);
  });
});

describe("a call that changes something", () => {
  it.each<[string, Step]>([
    ["a 503", text("", 503)],
    ["a dropped connection", drop]
  ])("is never sent again after %s: it may have been carried out", async (_, failure) => {
    const {baseUrl, asked} = await scriptedServer(failure);
    const transport = new Transport(checkOptions({...user, baseUrl}));
    await failureOf(transport.call(wire.deleteApp, {app: {appId: "p1"}}));
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({method: "POST", body: '{"project":{"project_id":"p1"}}'});
  });
});

describe("a refusal", () => {
  it.each<[number, unknown, new (...options: never[]) => IkigaiError, RegExp]>([
    [401, {message: "Unauthorized"}, AuthenticationError, /IKIGAI_USER_EMAIL, IKIGAI_API_KEY/],
    [403, {message: "Forbidden"}, AuthenticationError, /this user has the permission/],
    [400, {message: "Missing Authentication Token"}, AuthenticationError, /userEmail and apiKey.*base URL/],
    [404, {message: "App was not found"}, NotFoundError, /App was not found \[404\]/],
    [400, {message: "Custom facet was not found"}, NotFoundError, /Custom facet was not found/],
    [422, {message: "name is too long"}, RequestError, /name is too long \[422\]/],
    [500, {message: "row not found"}, PlatformError, /platform failed/]
  ])("of %i %j is its own kind of error", async (status, body, kind, message) => {
    const {client} = await clientOf([json(body, status)], {retry: 0});
    const error = await failureOf(client.apps.byId("x"));
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^GET \/component\/get-project: /);
    expect(error.status).toBe(status);
  });

  it("with a page of HTML says what the page says", async () => {
    const page =
      "<html><head><title>502</title><style>b{}</style></head><body><h1>Bad gateway</h1></body></html>";
    const {client} = await clientOf([text(page, 502)], {retry: 0});
    expect((await failureOf(client.apps.list())).message).toContain(": 502 Bad gateway [502].");
  });
});

describe("an answer that can't be used", () => {
  it.each([
    ["HTML", "<!doctype html><p>Welcome", /isn't JSON but begins "<!doctype html>.*base URL/],
    ["half of JSON", '{"projects": [', /isn't JSON/],
    ["nothing", "", /the whole of it is missing/],
    ["another message", '{"items": []}', /projects is missing: expected an array/]
  ])("because it is %s is a ValidationError", async (_, body, message) => {
    const {client, asked} = await clientOf([text(body)]);
    const error = await failureOf(client.apps.list());
    expect(error).toBeInstanceOf(ValidationError);
    expect(error.call).toBe("GET /component/get-projects-for-user");
    expect(error.message).toMatch(message);
    expect(asked).toHaveLength(1);
  });
});

describe("a platform that doesn't answer", () => {
  it("is a TimeoutError, when its answer doesn't begin", async () => {
    const {client, asked} = await clientOf([hang], {timeout: 150});
    const error = await failureOf(client.apps.list());
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error.message).toContain("didn't answer in time");
    expect(asked).toHaveLength(1);
  });

  it("is a TimeoutError, when its answer stops", async () => {
    const {client} = await clientOf([trickle(['{"projects":'], 5000)], {timeout: 150});
    expect(await failureOf(client.apps.list())).toBeInstanceOf(TimeoutError);
  });

  it("is none, when its answer comes slowly but steadily", async () => {
    const pieces = JSON.stringify({projects: [app], limit_warning: ""}).match(/.{1,10}/g)!;
    expect(pieces.length * 250).toBeGreaterThan(2000);
    const {client} = await clientOf([trickle(pieces, 250)], {timeout: 2000});
    expect((await client.apps.list()).size).toBe(1);
  });

  it("is a NetworkError that says what to check, when nobody listens", async () => {
    const client = new Ikigai({...user, baseUrl: "http://127.0.0.1:1", retry: 1});
    const error = await failureOf(client.check());
    expect(error).toBeInstanceOf(NetworkError);
    expect(error.message).toMatch(
      /can't reach 127\.0\.0\.1:1 .*ECONNREFUSED.*Check the base URL, your internet connection and SSL configuration/
    );
  });
});

describe("a signal", () => {
  it("stops a call under way with its reason", async () => {
    const controller = new AbortController();
    const {client} = await clientOf([() => controller.abort(new Error("enough"))]);
    await expect(client.apps.list({signal: controller.signal})).rejects.toThrow("enough");
  });

  it("stops the wait before a retry", async () => {
    const controller = new AbortController();
    const {client} = await clientOf([
      (request, response) => {
        text("", 503, {"retry-after": "30"})(request, response);
        setImmediate(() => controller.abort(new Error("enough")));
      }
    ]);
    await expect(client.apps.list({signal: controller.signal})).rejects.toThrow("enough");
  });

  it("that has aborted before lets nothing be sent", async () => {
    const {client, asked} = await clientOf([apps]);
    await expect(client.apps.list({signal: AbortSignal.abort(new Error("enough"))})).rejects.toThrow(
      "enough"
    );
    expect(asked).toHaveLength(0);
  });
});

describe("options", () => {
  it.each<[string, Partial<IkigaiOptions>, RegExp]>([
    ["no email", {userEmail: ""}, /userEmail.*IKIGAI_USER_EMAIL/],
    ["an email that is none", {userEmail: "bob"}, /userEmail/],
    ["no key", {apiKey: ""}, /apiKey.*IKIGAI_API_KEY/],
    ["a key with a line break", {apiKey: "a-key\n"}, /apiKey/],
    ["a base URL that is none", {baseUrl: "api.ikigailabs.io"}, /baseUrl.*"api\.ikigailabs\.io"/],
    ["a base URL of a file", {baseUrl: "file:///etc"}, /baseUrl/],
    ["a base URL with a password", {baseUrl: "https://bob:secret@example.com"}, /baseUrl/],
    ["a negative timeout", {timeout: -1}, /timeout.*-1/],
    ["a certificate without its key", {ssl: {cert: "a.pem"}}, /both cert and key/],
    ["a PEM file that isn't there", {ssl: {ca: "/nowhere/ca.pem"}}, /ssl\.ca: can't read.*\/nowhere\/ca\.pem/]
  ])("with %s are refused at once", (_, options, message) => {
    expect(() => new Ikigai({...user, ...options})).toThrow(message);
    expect(() => new Ikigai({...user, ...options})).toThrow(ValidationError);
  });
});
