// The document's sections: how many blocks each has, which are code, which names must be put into it, and what of the
// output must be there. A section or a block that comes or goes makes the test fail until it is entered here.
import {expect} from "vitest";
import type {RunningPlatform} from "../../lib/platform/index.js";
import type {Edition} from "./document.js";
import {keys, lines, listed, names, rows, shape, text, type Check} from "./output.js";

interface Code {
  /** The code with names and ids that exist here. */
  localize: (code: string, platform: RunningPlatform) => string;
}

/** One check, or one for each edition where what they show differs. */
interface Output {
  check: Check | Record<Edition, Check>;
}

type Entry = Code | Output;

export interface KnownSection {
  title: string;
  entries: Entry[];
  /** The one edition that has it; left out where both do. */
  only?: Edition;
}

/** Code as it stands in the document. */
const code: Code = {localize: (text) => text};

/** Code in which some words must be replaced; each has to be there. */
const codeWith = (words: Record<string, string | ((platform: RunningPlatform) => string)>): Code => ({
  localize: (text, platform) => {
    for (const [word, other] of Object.entries(words)) {
      if (!text.includes(word)) throw new Error(`The sample no longer says ${word}:\n${text}`);
      text = text.replaceAll(word, typeof other === "string" ? other : other(platform));
    }
    return text;
  }
});

const output = (check: Output["check"]): Output => ({check});

const literal = (value: string) => JSON.stringify(value);

const dates = "the document has the wire's text; the client gives a datetime";
const noCharts = "charts are made on the hosted platform only";

/** A definition had arguments of its own once, which were always empty; this client knows none. */
const definition = text(["'arguments': {}, 'variables'", "'variables'"]);

export const knownSections: KnownSection[] = [
  {
    title: "Creating an Ikigai Client",
    entries: [
      codeWith({
        '"bob@example.com"': ({userEmail}) => literal(userEmail),
        '"my-ikigai-api-key"': ({apiKey, baseUrl}) => `${literal(apiKey)}, base_url=${literal(baseUrl)}`
      })
    ]
  },
  {title: "Listing All Apps", entries: [code, output(names)]},
  {
    title: "Showing Details of an App",
    entries: [
      code,
      output(
        keys({
          chart_id: noCharts,
          superset_chart_id: noCharts
        })
      )
    ]
  },
  {title: "Finding a Dataset from an App", entries: [code, output(shape({freeKeys: ["data_types"]}))]},
  {title: "Showing Details of a Dataset", entries: [code, output(shape({freeKeys: ["data_types"]}))]},
  {title: "Downloading Your Existing Dataset", entries: [code, output(rows)]},
  {title: "Creating a New Dataset", entries: [code, output(shape({freeKeys: ["data_types"]}))]},
  {title: "Updating a Dataset", entries: [code, output(rows)]},
  {
    title: "Listing All Models",
    entries: [code, output(shape({deviations: {"Model.created_at": dates, "Model.modified_at": dates}}))]
  },
  {title: "Showing Details of a Model", entries: [code, output(shape())]},
  {
    title: "Listing All Versions of a Model",
    entries: [
      code,
      output(shape({deviations: {"ModelVersion.created_at": dates, "ModelVersion.modified_at": dates}}))
    ]
  },
  {title: "Showing Details of a Model Version", entries: [code, output(shape())]},
  {title: "Model Types", entries: [code, output(listed)]},
  {
    title: "Getting Help with Model Types",
    entries: [
      code,
      output({
        // A dictionary drawn by hand, of a client that printed none: it shares only its names with the text.
        "beside the repository": keys({
          api_key: "the help for aiCast that follows has none",
          output_hyperparameters: "no help has such a heading"
        }),
        "of the package": keys()
      }),
      code,
      output(lines),
      code,
      output(text())
    ]
  },
  {title: "Creating a New Model", entries: [code]},
  {title: "Facet Types", entries: [code, output(listed)]},
  {title: "Getting Help with Facet Types", entries: [code, output(text())]},
  {title: "Adding and Configuring a Model Facet", entries: [code, output(definition)]},
  {title: "Flow Builder and Facet Builder Objects", entries: [code, output(definition)]},
  {title: "Adding and Configuring a Facet", entries: [code, output(text())]},
  {title: "Chaining Facets", entries: [code, output(definition)]},
  {title: "Creating a Branch in the Flow", entries: [code, output(definition)]},
  {title: "Creating a New Flow", entries: [codeWith({app1: "app"}), output(shape())]},
  {title: "Finding a Flow from an App", entries: [code, output(shape())]},
  {title: "Running a Flow", entries: [code, output(shape())]},
  {
    title: "Viewing a Flow's Logs",
    only: "of the package",
    entries: [code, output(shape()), codeWith({'"New Flow"': '"new flow"'}), output(shape())]
  },
  {title: "Getting the Status of a Flow", entries: [code, output(shape())]},
  {
    title: "Troubleshooting",
    entries: [
      output(async ({document, session}) => {
        const call =
          "import requests; requests.get(f'{ikigai.base_url}/component/get-projects-for-user').json()";
        expect((await session.run(call)).value).toEqual(JSON.parse(document));
      })
    ]
  }
];
