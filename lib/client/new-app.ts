// The builder of a new app: description and directory.
import * as wire from "../wire/index.js";
import {App} from "./app.js";
import type {Directory} from "./directory.js";
import type {CallOptions} from "./options.js";
import type {Transport} from "./transport.js";

/**
 * ```ts
 * const app = await ikigai.app.new("Demand planning").description("What sells").build();
 * ```
 */
export class NewApp {
  #description = "";
  #directory: Directory<App> | undefined;

  /** Made by `ikigai.app.new`. */
  constructor(
    private readonly transport: Transport,
    private readonly name: string
  ) {}

  /** What it is for. */
  description(description: string): this {
    this.#description = description;
    return this;
  }

  /** Puts it into a directory of apps. */
  directory(directory: Directory<App>): this {
    this.#directory = directory;
    return this;
  }

  /** Makes it. */
  async build(options: CallOptions = {}): Promise<App> {
    const {transport, name} = this;
    const app = {name, description: this.#description, directory: this.#directory?.ref ?? null};
    const {appId} = await transport.call(wire.createApp, {app}, options);
    return new App(transport, (await transport.call(wire.getApp, {appId}, options)).app);
  }
}
