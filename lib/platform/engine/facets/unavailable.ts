// Facets that need something this platform doesn't have.
import {FacetError} from "../failure.js";
import type {Facet} from "../step.js";

const because =
  (reason: string): Facet =>
  () => {
    throw new FacetError(reason);
  };

const elsewhere = (what: string) =>
  because(
    `${what} can't be reached from this platform: run the flow on the hosted one, or use IMPORTED and EXPORTED`
  );

const notHere = (what: string) =>
  because(`${what} can't run on this platform: run the flow on the hosted one`);

export const unavailable: Record<string, Facet> = {
  HANA: elsewhere("an SAP HANA database"),
  S3: elsewhere("an S3 bucket"),
  SLACK: elsewhere("Slack"),
  INPUT_CONNECTOR: elsewhere("a connector's source"),
  OUTPUT_CONNECTOR: elsewhere("a connector's target"),
  LOAD: because("what a DUMP wrote is kept by the hosted platform only: use IMPORTED here"),
  DUMP: because("the store that DUMP writes to is the hosted platform's: use EXPORTED here"),
  AI_LLM: notHere("a language model"),
  AI_MATCH: notHere("aiMatch"),
  AI_PLAN: notHere("aiPlan"),
  AI_PREDICT: because(
    "aiPredict can't run on this platform: use PREDICT with a Linear model, or run the flow on the hosted one"
  ),
  EDA: notHere("exploratory analysis"),
  EDA_TIME_SERIES: notHere("exploratory analysis of time series")
};
