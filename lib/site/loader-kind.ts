// Tells the loaders that this kit can stand in for from those that only Framework can run.
import {bundleSource} from "./bundle-source.js";

/**
 * `kit`: it does nothing but `await load("csv")`, so its files can be pulled in its place. `mixed`: it uses the kit and does more, so
 * it must run itself, each time. `other`: none of the kit's business.
 */
export type LoaderKind = {kind: "kit"; format: string} | {kind: "mixed"} | {kind: "other"};

const kit = "ikigai-kit/data-loaders";
/** A whole loader, once esbuild has taken out types, comments and blanks. */
const plainLoader =
  /^import\{load(?: as ([\w$]+))?\}from"ikigai-kit\/data-loaders";await ([\w$]+)\("(\w+)"\);$/;

/** What kind of loader a file is, by its source and the modules of the project that it imports; and those, itself among them. */
export async function loaderKind(file: string): Promise<{kind: LoaderKind; inputs: string[]}> {
  const other: LoaderKind = {kind: "other"};
  if (!/\.[jt]s$/.test(file)) return {kind: other, inputs: [file]};
  const source = await bundleSource(file, {minifySyntax: true, tsconfigRaw: {}});
  if (!source) return {kind: other, inputs: [file]};
  const {code, files: inputs, packages} = source;
  const [, alias = "load", called, format] = plainLoader.exec(code.trim()) ?? [];
  if (format !== undefined && called === alias) return {kind: {kind: "kit", format}, inputs};
  return {kind: packages.includes(kit) ? {kind: "mixed"} : other, inputs};
}
