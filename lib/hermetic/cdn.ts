// Answers Framework's requests to a CDN and to the npm registry from the installed packages.
import {existsSync, realpathSync, statSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {extname, join, relative} from "node:path";
import {bundleModule} from "./bundle.js";
import type {NpmCache} from "./cache.js";
import {PackageError, npmInstall} from "./package-error.js";
import type {NodeModules, Package} from "./node-modules.js";
import {banner} from "./quick-parse.js";
import {formatSpecifier, parseSpecifier, type Specifier} from "./specifier.js";

/** The version that stands for a package that isn't installed. */
const absent = "0.0.0";

export class InstalledCdn {
  constructor(
    readonly modules: NodeModules,
    readonly cache: NpmCache
  ) {}

  /**
   * The one version of `name` that pages can have. Framework also asks for packages that its standard library could use
   * and never loads, so a package that isn't installed has a version too; only a request for its files fails.
   */
  version(name: string, tag?: string): string {
    const {version} = this.modules.copy(parseSpecifier(name).name) ?? {};
    if (tag !== undefined && tag !== "latest") {
      throw new PackageError(
        `npm:${name}@${tag}: only the registry knows what "${tag}" means: write npm:${name}, which is ${version ?? "not installed"} here\n  ${npmInstall(name, tag)}`
      );
    }
    return version ?? absent;
  }

  /** Why no version of `name` fits a range that a page or a package asks for. */
  mismatch({name, version: range}: Specifier): PackageError {
    const installed = this.modules.copy(name);
    if (!installed) return notInstalled({name, version: range});
    return new PackageError(
      `npm:${name}@${range} is requested, but ${name} ${installed.version} is installed: write npm:${name}, or\n  ${npmInstall(name, range)}`
    );
  }

  /** A file, or a module bundled from the package, for `name@version/path` as Framework asks for it. */
  async read(text: string): Promise<{body: string | Buffer<ArrayBuffer>; type: string}> {
    const specifier = parseSpecifier(text);
    const {name, version} = specifier;
    const pkg = this.modules.copy(name, version === absent ? undefined : version);
    if (!pkg) throw version === absent ? notInstalled({name}) : this.mismatch(specifier);
    return specifier.module ? this.#module(pkg, specifier) : this.#file(pkg, specifier);
  }

  async #module(pkg: Package, specifier: Specifier) {
    const started = Date.now();
    const {code, inputs, packages} = await bundleModule(pkg, specifier.path, this.modules);
    for (const {name, version} of packages) this.cache.reserve(name, version);
    this.cache.note(specifier, inputs, started);
    return {body: code, type: "application/javascript"};
  }

  async #file(pkg: Package, specifier: Specifier) {
    const started = Date.now();
    const path = join(pkg.folder, specifier.path);
    const isFile = existsSync(path) && statSync(path).isFile();
    // A link in a package could lead anywhere.
    if (!isFile || relative(pkg.folder, realpathSync(path)).startsWith("..")) {
      throw new PackageError(
        `npm:${formatSpecifier(specifier)}: ${pkg.name} ${pkg.version} has no such file`
      );
    }
    const isScript = /^\.[cm]?js$/.test(extname(path));
    const body = isScript ? `${banner}\n${await readFile(path, "utf8")}` : await readFile(path);
    this.cache.note(specifier, [path, join(pkg.folder, "package.json")], started);
    return {body, type: isScript ? "application/javascript" : "application/octet-stream"};
  }
}

function notInstalled({name, version}: {name: string; version?: string | undefined}): PackageError {
  return new PackageError(
    `npm:${name} is imported, but ${name} is not installed\n  ${npmInstall(name, version)}`
  );
}
