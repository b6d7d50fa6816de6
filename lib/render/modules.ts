// The JavaScript modules of a built site, as Node's vm runs them: each is read from the site's folder, and nothing else can be imported.
import {init, parse} from "es-module-lexer";
import {SourceTextModule, SyntheticModule, type Module} from "node:vm";
import type {Activity} from "./activity.js";
import {origin, pathOf, readSiteFile} from "./site-file.js";

export class SiteModules {
  readonly #modules = new Map<string, Promise<Module>>();
  #linking: Promise<unknown> = Promise.resolve();

  /** @param clientFor gives what a page imports of Framework's client: its exports, or others */
  constructor(
    private readonly site: string,
    private readonly activity: Activity,
    private readonly clientFor: (client: Module) => Record<string, unknown>
  ) {}

  /** Runs an inline module of a page. */
  async run(source: string, page: string): Promise<void> {
    await init;
    const imported = new Map<string, Module>();
    for (const {n: specifier, d} of parse(source)[0]) {
      if (specifier === undefined || d !== -1) continue;
      const url = new URL(specifier, page).href;
      const real = await this.#module(url);
      const isClient = /\/_observablehq\/client(\.[0-9a-f]+)?\.js$/.test(url);
      imported.set(specifier, isClient ? synthetic(this.clientFor(await this.#evaluated(real)), url) : real);
    }
    const module = this.#make(source, page);
    await this.#link(module, async (specifier) => imported.get(specifier)!);
    await module.evaluate();
  }

  #make(source: string, url: string): SourceTextModule {
    return new SourceTextModule(source, {
      identifier: url,
      initializeImportMeta(meta) {
        meta.url = url;
        meta.resolve = (specifier: string) => new URL(specifier, url).href;
      },
      importModuleDynamically: (specifier: string) =>
        this.activity.during(
          this.#module(new URL(specifier, url).href).then((module) => this.#evaluated(module))
        )
    });
  }

  /** A module by its URL, read once. */
  #module(url: string): Promise<Module> {
    let module = this.#modules.get(url);
    if (!module) this.#modules.set(url, (module = this.#read(url)));
    return module;
  }

  async #read(url: string): Promise<Module> {
    const path = pathOf(url);
    const source = path === undefined ? undefined : await readSiteFile(this.site, path);
    if (source !== undefined) return this.#make(source.toString("utf8"), url);
    const name = url.startsWith(origin) ? url.slice(origin.length) : url;
    throw new Error(`the module ${name} is not a file of the site, and nothing is fetched from elsewhere`);
  }

  async #evaluated(module: Module): Promise<Module> {
    await this.#link(module);
    await module.evaluate();
    return module;
  }

  /** Links one at a time: of two that share modules, the second would find them half linked. */
  async #link(module: Module, own?: (specifier: string) => Promise<Module>): Promise<void> {
    const linked = this.#linking.then(async () => {
      if (module.status !== "unlinked") return;
      await module.link((specifier, from) =>
        own && from === module ? own(specifier) : this.#module(new URL(specifier, from.identifier).href)
      );
    });
    this.#linking = linked.catch(() => undefined);
    await linked;
  }
}

function synthetic(exports: Record<string, unknown>, identifier: string): SyntheticModule {
  const module: SyntheticModule = new SyntheticModule(
    Object.keys(exports),
    () => Object.entries(exports).forEach(([name, value]) => module.setExport(name, value)),
    {identifier}
  );
  return module;
}
