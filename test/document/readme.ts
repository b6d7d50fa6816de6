// The README of Ikigai's Python library: its sections, and its text where it lies beside the repository.
import {existsSync, readFileSync} from "node:fs";
import {knownSections} from "../conformance/samples.js";
import {beside, titleKey} from "../conformance/document.js";
import {sections} from "./markdown.js";

/** Its headings in order, but for its own name and the table of contents. */
export const headings = [
  "Ikigai Platform Overview",
  "Getting an API Key",
  "Requirements",
  "Installation",
  "Creating an Ikigai Client",
  "Examples",
  "Apps",
  "Listing All Apps",
  "Showing Details of an App",
  "Datasets",
  "Finding a Dataset from an App",
  "Showing Details of a Dataset",
  "Downloading Your Existing Dataset",
  "Creating a New Dataset",
  "Updating a Dataset",
  "Models",
  "Listing All Models",
  "Showing Details of a Model",
  "Listing All Versions of a Model",
  "Showing Details of Model Version",
  "Model Types",
  "Getting Help with Model Types",
  "Creating a New Model",
  "FlowBuilder",
  "Facet Types",
  "Getting Help with Facet Types",
  "Building a Flow Definition",
  "Flow Builder & Facet Builder Objects",
  "Adding and Configuring a Facet",
  "Chaining Facets",
  "Adding and Configuring a Model Facet",
  "Creating a Branch in the Flow",
  "Flows",
  "Creating a New Flow",
  "Finding a Flow from an App",
  "Running a Flow",
  "Getting the Status of a Flow",
  "Troubleshooting",
  "License"
];

/** Which blocks of a section are samples; the others show what they print. */
const areSamples = (title: string): boolean[] =>
  knownSections
    .find((known) => titleKey(known.title) === titleKey(title))
    ?.entries.map((entry) => "localize" in entry) ?? [];

/** How many samples a section has. */
export const sampleCount = (title: string): number => areSamples(title).filter(Boolean).length;

/** The README itself, or undefined where it doesn't lie beside the repository. */
export const readme = existsSync(beside) ? sections(readFileSync(beside, "utf8")) : undefined;

/** The README's blocks of a section: samples, and what they print. */
export function readmeBlocks(title: string): {samples: string[]; outputs: string[]} {
  const are = areSamples(title);
  const blocks = readme!.find((section) => section.title === title)!.blocks;
  const texts = blocks.filter(({language}) => ["py", "table"].includes(language)).map(({text}) => text);
  return {
    samples: texts.filter((_, i) => are[i]),
    outputs: texts.filter((_, i) => !are[i])
  };
}
