// Help, letter for letter as the document prints it.
import {describe, expect, it} from "vitest";
import {facetTypes, modelTypes} from "../../lib/definition/index.js";
import type {ArgumentSpec} from "../../lib/wire/index.js";
import {outputOf} from "../document/page.js";
import {decodedFacetSpecs, decodedModelSpecs, facets, models} from "./platform-specs.js";

/** As docs/python-to-typescript.md shows them, which is held against the document of the platform's Python client. */
const document = {
  imported: outputOf("Getting Help with Facet Types"),
  aiCast: outputOf("Getting Help with Model Types", 1),
  lasso: outputOf("Getting Help with Model Types", 2)
};

describe("help", () => {
  it("is the document's on Imported", () => expect(facets.INPUT.Imported.help()).toBe(document.imported));

  it("is the document's on aiCast", () => expect(models.AI_CAST.help()).toBe(document.aiCast));

  it("is the document's on Lasso", () => expect(models.Linear.Lasso.help()).toBe(document.lasso));

  it("on all facets has each under its chain group", () => {
    const lines = facets.help().split("\n");
    expect(lines.filter((line) => /^\S/.test(line))).toEqual(["INPUT", "MID", "OUTPUT"]);
    expect(lines.filter((line) => /^ {4}\S/.test(line))).toHaveLength(
      facets.INPUT.types.length + facets.MID.types.length + facets.OUTPUT.types.length
    );
    expect(facets.help()).toContain(document.imported.replaceAll(/^/gm, "    "));
    expect(facets.INPUT.help()).toContain(document.imported.replaceAll(/^/gm, "  "));
  });

  it("on all models is theirs, one after another", () => {
    expect(models.help().startsWith(`${document.aiCast}\nAi Llm:\n`)).toBe(true);
    expect(
      models
        .help()
        .split("\n")
        .filter((line) => /^\S/.test(line))
    ).toEqual(models.types.map((name) => `${name}:`));
  });

  it("shows what an arrow may say", () => {
    expect(facets.MID.UNION.help()).toBe(`Union:
  facet_arguments:
    option: TEXT = 'full'  options=[full|common|top]
  in_arrow_arguments:
    table_side: TEXT | None  options=[top|bottom]`);
    expect(facets.MID.COPY.help()).toBe("Copy:\n  No arguments");
  });

  it("writes defaults as Python does", () => {
    const defaults = [
      true,
      false,
      0,
      1e-9,
      0.00001,
      0.25,
      1e16,
      "it's",
      'a "b"',
      "tab\t\\",
      ["x"],
      {a: null}
    ];
    const specs = structuredClone(decodedModelSpecs);
    const lasso = specs["Linear"]!.subModelTypes[1]!;
    const alpha = lasso.hyperparameters["alpha"]!;
    lasso.hyperparameters = Object.fromEntries(
      defaults.map((defaultValue, i) => [`h${i}`, {...alpha, name: `h${i}`, defaultValue}])
    );
    const help = modelTypes(specs).Linear.Lasso.help();
    expect(
      help
        .split("\n")
        .slice(-12)
        .map((line) => line.replace(/.* = /, ""))
    ).toEqual([
      "True",
      "False",
      "0",
      "1e-09",
      "1e-05",
      "0.25",
      "1e+16",
      `"it's"`,
      `'a "b"'`,
      "'tab\\t\\\\'",
      "['x']",
      "{'a': None}"
    ]);
  });

  it("leaves out hidden arguments, and of a facet those defaults that Python takes for false", () => {
    const specs = structuredClone(decodedFacetSpecs);
    const args = specs["MID"]!["WRANGLING"]!["COUNT"]!.facetArguments;
    const change = (name: string, to: Partial<ArgumentSpec>) =>
      Object.assign(
        args.find((argument) => argument.name === name)!,
        to
      );
    change("output_column_name", {isHidden: true});
    change("sort", {defaultValue: false});
    change("target_columns", {defaultValue: []});
    expect(facetTypes(specs).MID.COUNT.help()).toBe(`Count:
  facet_arguments:
    sort: BOOLEAN
    target_columns: list[TEXT] | None`);
  });
});
