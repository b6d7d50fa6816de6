// What a config may say, and how a fault in it is named.
import {describe, expect, it} from "vitest";
import {checkConfig, ConfigError, dataFiles, defineConfig, type Config} from "../../lib/config/index.js";

/** The message that a faulty config gets. */
function fault(config: unknown): string {
  try {
    checkConfig(config);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error("the config was accepted");
}

const app = "Demand planning";
const datasets = {demand: {dataset: "Demand"}};

describe("a config", () => {
  it("gives each entry the app it lives in", () => {
    const config = checkConfig({
      app,
      datasets: {demand: {dataset: "Demand"}, weather: {dataset: "Weather", app: "Seattle"}},
      models: {m: {model: "Demand aiCast"}},
      flows: {again: {flow: "Re-forecast"}},
      refresh: {cron: "0 6 * * *"}
    });
    expect(config).toEqual({
      app,
      datasets: {demand: {app, dataset: "Demand"}, weather: {app: "Seattle", dataset: "Weather"}},
      models: {m: {app, model: "Demand aiCast"}},
      flows: {again: {app, flow: "Re-forecast", variables: {}, writes: [], whenRunning: "join"}},
      refresh: {cron: "0 6 * * *", groups: {}, retries: 2, whenStale: "publish"},
      publish: {keep: 3},
      notify: [],
      gateway: {},
      allowDefinitions: []
    });
  });

  it("may let pages save flows, in its own app or in others, with defaults of its own", () => {
    const entry = {app, keep: 30, most: 20, overwrite: []};
    const of = (allowDefinitions: Config["allowDefinitions"]) =>
      checkConfig({app, allowDefinitions: allowDefinitions!}).allowDefinitions;
    expect(of(true)).toEqual([entry]);
    expect(of(["Weather"])).toEqual([{...entry, app: "Weather"}]);
    expect(of([])).toEqual([]);
    const full = {app: "Weather", users: ["ann"], keep: 7, most: 5, overwrite: ["Drafts"]};
    expect(of(full)).toEqual([full]);
    expect(of([{users: ["ann"]}, "Weather"])).toEqual([
      {...entry, users: ["ann"]},
      {...entry, app: "Weather"}
    ]);
  });

  it("needs nothing but an app", () => {
    const refresh = {groups: {}, retries: 2, whenStale: "publish"};
    const rest = {gateway: {}, allowDefinitions: [], refresh, publish: {keep: 3}, notify: []};
    expect(checkConfig({app})).toEqual({app, datasets: {}, models: {}, flows: {}, ...rest});
  });

  it("is returned by defineConfig as it was given, unchecked", () => {
    const config = {app: ""} satisfies Config;
    expect(defineConfig(config)).toBe(config);
  });

  it("names the files it gives", () => {
    const config = checkConfig({app, datasets, models: {m: {model: "M"}}});
    expect([...dataFiles(config).keys()]).toEqual([
      "demand",
      "m-versions",
      "m-metrics",
      "m-hyperparameters",
      "catalog",
      "flows",
      "specs"
    ]);
  });

  it("may have variables of every type", () => {
    const variables = {
      horizon: {type: "integer", min: 1, max: 52, default: 12, label: "Weeks", help: "How far ahead."},
      confidence: {type: "number", min: 0.5, max: 0.99, default: 0.9},
      code: {type: "text", pattern: "[A-Z]{3}", default: "ABC"},
      clean: {type: "boolean", default: true},
      from: {type: "date", min: "2020-01-01", default: "2024-02-29"},
      method: {type: "choice", options: ["ets", "mstl"], default: "ets"}
    };
    const config = checkConfig({app, flows: {f: {flow: "F", variables}}});
    expect(config.flows["f"]!.variables).toEqual(variables);
  });
});

describe("a fault", () => {
  it.each([
    [{ap: "x"}, 'the config: unknown key "ap"; did you mean "app"?'],
    [{app, dataset: {}}, 'the config: unknown key "dataset"; did you mean "datasets"?'],
    [{app, datasets: {d: {datset: "D"}}}, 'datasets.d: unknown key "datset"; did you mean "dataset"?'],
    [
      {app, datasets: {d: {dataset: "D", colour: 1}}},
      'unknown key "colour"; the keys here are dataset, app, sql, engine, keep, editions'
    ],
    [{app, allowDefinitions: {user: ["ann"]}}, 'allowDefinitions: unknown key "user"; did you mean "users"?'],
    [{app, allowDefinitions: false}, "allowDefinitions: should be true, the names of apps"],
    [{app, allowDefinitions: {users: []}}, "allowDefinitions.users: is empty: nobody could save"],
    [{app, allowDefinitions: {keep: 0}}, "allowDefinitions.keep: should be 1 or more (it is 0)"],
    [{app, allowDefinitions: {most: 501}}, "allowDefinitions.most: should be 500 flows at most (it is 501)"],
    [{app, allowDefinitions: [{}, app]}, "names the app"],
    [{app: 3}, "app: 3 should be a string"],
    [{app: " "}, "app: is empty; write a name or id as Ikigai shows it"],
    [
      {app, datasets: {d: "Demand"}},
      'datasets.d: should be an object, such as {dataset: "Demand"} (it is "Demand")'
    ],
    [{app, datasets: {d: {dataset: "D", sql: ""}}}, "datasets.d.sql: is empty"],
    [undefined, "the config: is missing; it should be an object"],
    [
      {app, refresh: {cron: "daily"}},
      'refresh.cron: needs five fields (minute, hour, day of the month, month, day of the week), such as "0 6 * * *" for each day at 6:00 (it is "daily")'
    ]
  ])("in %j is named with its path, value and fix", (config, message) => {
    expect(fault(config)).toContain(message);
  });

  it("doesn't hide another", () => {
    const message = fault({app, datasets: {d: {datset: "D"}}, models: {m: {}}});
    expect(message).toContain('datasets.d: unknown key "datset"; did you mean "dataset"?');
    expect(message).toContain("models.m.model: is missing");
    expect(message.split("\n")).toHaveLength(3);
  });

  const variable = (v: unknown) => fault({app, flows: {f: {flow: "F", variables: {v}}}});

  it.each([
    [{type: "integer", default: 1.5}, "flows.f.variables.v.default: 1.5 should be a whole number"],
    [{type: "integer", min: 9, max: 1}, "variables.v.min: 9 is above max, 1; swap them"],
    [{type: "number", min: 0, default: -1}, "variables.v.default: -1 is below min, 0"],
    [
      {type: "date", max: "2024-01-01", default: "2024-01-02"},
      "default: 2024-01-02 is above max, 2024-01-01"
    ],
    [{type: "date", min: "1 May"}, "variables.v.min: is not a day; write it as YYYY-MM-DD"],
    [{type: "text", pattern: "("}, "variables.v.pattern: is not a regular expression"],
    [{type: "text", pattern: "[A-Z]{3}", default: "ABCD"}, "default: doesn't match the pattern beside it"],
    [{type: "choice", options: []}, "variables.v.options: is empty"],
    [{type: "choice", options: ["a"], default: "b"}, "default: is not one of the options beside it"],
    [{type: "integr"}, 'v.type: is unknown; did you mean "integer"? (it is "integr")'],
    [{type: "boolean", min: 1}, 'unknown key "min"']
  ])("in the variable %j is named", (v, message) => expect(variable(v)).toContain(message));
});

describe("a refresh", () => {
  const models = {m: {model: "M"}};

  it("may have a schedule with a time zone, groups, retries and people to tell", () => {
    const refresh = {
      cron: "30 6 * * 1-5",
      timeZone: "Europe/Berlin",
      jitter: 120,
      retries: 0,
      whenStale: "stop",
      groups: {demand: ["demand", "m"]}
    };
    const notify = [
      {command: ["mail", "-s", "report"], on: ["edition"], pictures: [{page: "index"}]},
      {webhookVariable: "CHAT_URL"}
    ];
    const config = checkConfig({
      app,
      datasets,
      models,
      refresh,
      publish: {keep: 5, maxFileSize: "25MiB"},
      notify
    });
    expect(config.refresh).toEqual(refresh);
    expect(config.publish).toEqual({keep: 5, maxFileSize: 25 * 2 ** 20});
    expect(config.notify).toEqual([notify[0], {...notify[1], on: ["failure", "recovery"], pictures: []}]);
  });

  it("may keep contents of a dataset, which gives one more file", () => {
    const config = checkConfig({app, datasets: {demand: {dataset: "Demand", keep: 12, editions: true}}});
    expect(dataFiles(config).get("demand-editions")).toMatchObject({kind: "editions", key: "demand"});
  });

  it.each([
    [
      {refresh: {cron: "61 6 * * *"}},
      'refresh.cron: its minute, "61", is not one: write a number from 0 to 59, such as "30", "0,30" or "*/15", or "*" for each (it is "61 6 * * *")'
    ],
    [
      {refresh: {cron: "0 6h * * *"}},
      'refresh.cron: its hour, "6h", is not one: write a number from 0 to 23'
    ],
    [{refresh: {cron: "0 6 0 * *"}}, 'refresh.cron: its day of the month, "0", is not one'],
    [{refresh: {cron: "0 6 * May1 *"}}, 'refresh.cron: its month, "May1", is not one'],
    [{refresh: {cron: "0 6 * * 8"}}, 'refresh.cron: its day of the week, "8", is not one'],
    [{refresh: {cron: "0 17-8 * * *"}}, 'refresh.cron: its hour, "17-8", is not one'],
    [{refresh: {cron: "*/0 6 * * *"}}, 'refresh.cron: its minute, "*/0", is not one'],
    [{refresh: {cron: "@daily"}}, "refresh.cron: needs five fields"],
    [{refresh: {cron: "0 6 31 2 *"}}, "refresh.cron: never comes"],
    [{refresh: {timeZone: "Mars/Base"}}, "refresh.timeZone: is not a time zone"],
    [{refresh: {jitter: -1}}, "refresh.jitter: should be 0 seconds or more"],
    [{refresh: {retries: 1.5}}, "refresh.retries"],
    [{refresh: {whenStale: "wait"}}, 'refresh.whenStale: should be "publish" or "stop"'],
    [{refresh: {groups: {g: ["demand"]}}}, "refresh.groups.g: needs two sources or more"],
    [
      {refresh: {groups: {g: ["demand", "mm"]}}},
      'refresh.groups.g[1]: is not a key of datasets or models; did you mean "m"?'
    ],
    [
      {refresh: {groups: {g: ["demand", "m"], h: ["m", "demand"]}}},
      'refresh.groups.h[0]: is in the group "g" already'
    ],
    [{publish: {keep: 0}}, "publish.keep: should be 1 or more"],
    [
      {publish: {maxFileSize: "25"}},
      'publish.maxFileSize: should be a number with its unit, such as "25MiB" or "25MB" (it is "25")'
    ],
    [{publish: {maxFileSize: 25_000_000}}, "publish.maxFileSize: 25000000 should be a string"],
    [{notify: [{on: ["failure"]}]}, "notify[0]: should have one of command"],
    [{notify: [{webhook: "file:///etc/passwd"}]}, "notify[0]"],
    [
      {datasets: {demand: {dataset: "D", engine: "platform"}}},
      "datasets.demand.engine: runs the entry's sql"
    ],
    [{datasets: {demand: {dataset: "D", editions: true}}}, "datasets.demand.editions: needs keep"],
    [
      {datasets: {demand: {dataset: "D", editions: true, keep: 2}, "demand-editions": {dataset: "E"}}},
      'its file "demand-editions" is also that of datasets.demand'
    ],
    [
      {gateway: {base: "team"}},
      'gateway.base: should begin and end with "/": such as "/team/" (it is "team")'
    ],
    [{gateway: {base: ""}}, 'gateway.base: is empty; write a path such as "/team/dashboard/"'],
    [{gateway: {base: "//a/"}}, 'gateway.base: should begin and end with "/": such as "/a/"'],
    [
      {gateway: {base: "/my team/"}},
      'gateway.base: can\'t have the part "my team": between its slashes it may have letters (A to Z without accents), digits and . _ ~ -; such as "/my-team/" (it is "/my team/")'
    ],
    [{gateway: {base: '/a"b/'}}, 'gateway.base: can\'t have the part "a\\"b"'],
    [{gateway: {base: "/a/../b/"}}, 'gateway.base: can\'t have the part "..", which leads to another folder'],
    [
      {gateway: {base: "/a/?page=1"}},
      'gateway.base: can\'t have a query or a fragment, which begin with "?" and "#"; write the path alone, such as "/a/"'
    ],
    [{gateway: {base: "/📈/"}}, 'gateway.base: can\'t have the part "📈"'],
    [{gateway: {base: "/📈/"}}, 'such as "/team/dashboard/"'],
    [{gateway: {base: "/Zürich/"}}, 'such as "/Zurich/"'],
    [
      {gateway: {base: "https://example.com/team/"}},
      'gateway.base: is a whole address; write its path alone, such as "/team/"'
    ]
  ])("%j is refused", (config, message) =>
    expect(fault({app, datasets, models, ...config})).toContain(message)
  );
});

describe("a file name", () => {
  it.each(["demand", "demand-by-week", "Demand_2", "2024", "売上予測", "größe"])("may be %s", (name) => {
    expect(checkConfig({app, datasets: {[name]: {dataset: "D"}}}).datasets).toHaveProperty([name]);
  });

  it.each([
    "",
    "..",
    ".",
    "a/b",
    "a\\b",
    "../etc/passwd",
    "a\0",
    "a.parquet",
    "-rf",
    " a",
    "a b",
    "a\nb",
    "a'b"
  ])("may not be %j", (name) => {
    const config = {app, datasets: Object.fromEntries([[name, {dataset: "D"}]])};
    expect(fault(config)).toMatch(/file name/);
  });

  it.each(["con", "NUL", "com1", "x".repeat(201)])("may not be %s, which some system can't store", (name) => {
    expect(fault({app, datasets: {[name]: {dataset: "D"}}})).toMatch(/can't be a file name|too long/);
  });

  it("may not be the catalog's", () => {
    expect(fault({app, datasets: {catalog: {dataset: "D"}}})).toContain(
      "the catalog, which the kit writes itself"
    );
  });

  it("may not be that of a model's table", () => {
    const message = fault({app, datasets: {"m-metrics": {dataset: "D"}}, models: {m: {model: "M"}}});
    expect(message).toContain(
      'models.m: its file "m-metrics" is also that of datasets.m-metrics; rename one'
    );
  });

  it("may not differ from another by capitals alone", () => {
    expect(fault({app, datasets: {a: {dataset: "D"}, A: {dataset: "E"}}})).toContain(
      "is also that of datasets.a"
    );
  });
});

describe("a flow that pages may start", () => {
  const flows = (entry: object, key = "again") => ({app, datasets, flows: {[key]: {flow: "F", ...entry}}});

  it("may write what the config pulls, queue its runs and name who may start it", () => {
    const entry = {label: "Again", help: "Takes a minute.", writes: ["demand"], users: ["ann@example.com"]};
    expect(checkConfig(flows({...entry, whenRunning: "queue"})).flows["again"]).toEqual({
      app,
      flow: "F",
      variables: {},
      whenRunning: "queue",
      ...entry
    });
  });

  it.each([
    [
      flows({writes: ["demnad"]}),
      'flows.again.writes[0]: is not a key of datasets or models; did you mean "demand"?'
    ],
    [flows({whenRunning: "wait"}), 'flows.again.whenRunning: should be "join" or "queue"'],
    [flows({users: []}), "flows.again.users: is empty"],
    [flows({}, "saved:x"), 'flows["saved:x"]: should begin with a letter'],
    [flows({}, "../x"), 'flows["../x"]: should begin with a letter']
  ])("%j is refused", (config, message) => expect(fault(config)).toContain(message));
});

describe("the gateway", () => {
  const gateway = (entry: object) => ({app, gateway: entry});

  it("believes a proxy that is named", () => {
    const entry = {userHeader: "x-forwarded-user", trustedProxies: ["10.0.0.5", "fd00::/8"]};
    expect(checkConfig(gateway(entry)).gateway).toEqual(entry);
  });

  it.each([
    [gateway({userHeader: "x-user"}), "gateway.trustedProxies: is missing"],
    [gateway({trustedProxies: ["proxy.local"]}), "is not an IP address or CIDR block"],
    [gateway({userHeader: "x user"}), "is not the name of an HTTP header"]
  ])("%j is refused", (config, message) => expect(fault(config)).toContain(message));
});

describe("how a dataset is laid out", () => {
  const entry = (settings: object) => ({app, datasets: {demand: {dataset: "Demand", ...settings}}});
  const by = ["version"];

  it("is kept as it is", () => {
    const settings = {
      sort: ["sku", "month"],
      rowGroup: 100_000,
      summary: {by, measures: ["wape", {sum: "units"}]}
    };
    expect(checkConfig(entry(settings)).datasets.demand).toEqual({app, dataset: "Demand", ...settings});
    expect(checkConfig(entry({sort: false})).datasets.demand).toMatchObject({sort: false});
  });

  it.each([
    [{sort: []}, "datasets.demand.sort: is empty; name the columns to sort by"],
    [{sort: true}, 'datasets.demand.sort: should be columns to sort by, such as ["sku", "month"], or false'],
    [{sort: "sku"}, "datasets.demand.sort: should be columns to sort by"],
    [
      {sort: ["sku", "month", "sku"]},
      'datasets.demand.sort[2]: is named twice; name each column once (it is "sku")'
    ],
    [{rowGroup: 0}, "datasets.demand.rowGroup: should be 2,048 rows or more"],
    [{rowGroup: 2_047}, "(it is 2047)"],
    [{rowGroup: 5_000.5}, "datasets.demand.rowGroup: 5000.5 should be a whole number"],
    [{rowGroup: "many"}, 'datasets.demand.rowGroup: "many" should be a number'],
    [{rowGroup: 1_000_001}, "datasets.demand.rowGroup: should be 1,000,000 rows or fewer"],
    [
      {summary: {by: [], measures: ["count"]}},
      "datasets.demand.summary.by: is empty; name the columns to group by"
    ],
    [{summary: {by, measures: []}}, "datasets.demand.summary.measures: is empty"],
    [
      {summary: {by, measures: ["wpe"]}},
      'datasets.demand.summary.measures[0]: is not a measure; did you mean "wape"? (it is "wpe")'
    ],
    [
      {summary: {by, measures: [{total: "a"}]}},
      'datasets.demand.summary.measures[0]: has no figure "total"; there are sum, avg, min, max, median'
    ],
    [{summary: {by, measures: [{sum: "a", avg: "a"}]}}, "should be a measure's name"],
    [{summary: {by, measures: [3]}}, "should be a measure's name"],
    [
      {summary: {by, measures: ["count", "count"]}},
      'datasets.demand.summary.measures[1]: would make a second column "count"'
    ],
    [{summary: {by: ["Sum_a"], measures: [{sum: "a"}]}}, 'would make a second column "sum_a"'],
    [{summary: {by, measures: ["count"], atual: "a"}}, 'unknown key "atual"; did you mean "actual"?'],
    [
      {sql: "FROM dataset", summary: {by, measures: ["count"]}},
      "datasets.demand.summary: can't be used together with sql"
    ],
    [{partition: ""}, "datasets.demand.partition"],
    [{partition: {by: "day"}}, "datasets.demand.partition"],
    [{partition: {by: "day", every: "week"}}, "datasets.demand.partition"],
    [
      {partition: "sku", summary: {by, measures: ["count"]}},
      "datasets.demand.partition: can't be used together with summary"
    ],
    [{sorted: ["sku"]}, 'unknown key "sorted"; did you mean "sort"?']
  ])("isn't %j", (settings, message) => {
    expect(fault(entry(settings))).toContain(message);
  });
});
