// A config that has been checked, with its defaults filled in.
import type {Variable} from "../gateway-api/index.js";
import type {DatasetEntry, DefinitionsEntry, GatewayEntry, NotifyEntry, RefreshEntry} from "./config.js";

/** A dataset of a checked config, with the app it lives in. */
export type CheckedDataset = DatasetEntry & {app: string};

/** A model of a checked config, with the app it lives in. */
export interface CheckedModel {
  app: string;
  model: string;
}

/** A flow of a checked config, with its defaults filled in. */
export interface CheckedFlow {
  app: string;
  flow: string;
  variables: Record<string, Variable>;
  label?: string;
  help?: string;
  writes: string[];
  whenRunning: "join" | "queue";
  users?: string[];
}

/** A config that has been checked, each entry with the app it lives in. */
export interface CheckedConfig {
  app: string;
  datasets: Record<string, CheckedDataset>;
  models: Record<string, CheckedModel>;
  flows: Record<string, CheckedFlow>;
  refresh: RefreshEntry & Required<Pick<RefreshEntry, "groups" | "retries" | "whenStale">>;
  /** `maxFileSize` is in bytes. */
  publish: {keep: number; maxFileSize?: number};
  notify: CheckedNotify[];
  gateway: GatewayEntry;
  allowDefinitions: CheckedDefinitions[];
}

/** An app where pages may save flows, with its defaults filled in; `keep` is in days. */
export type CheckedDefinitions = Required<Omit<DefinitionsEntry, "users">> & Pick<DefinitionsEntry, "users">;

/** Who gets messages, on which occasions, and with which pictures. */
export type CheckedNotify = NotifyEntry & Required<Pick<NotifyEntry, "on" | "pictures">>;
