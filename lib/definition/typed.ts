// The types of facets and models: only names, until a file written by `declarations` fills in the two interfaces below with
// every argument's name and type.

/**
 * Facets by chain group and name, each a `FacetShape`. Augmented by generated declarations:
 * `declare module "ikigai-kit/definition" { interface DeclaredFacetTypes { MID: { COUNT: { arguments: … } } } }`
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- empty until it is augmented
export interface DeclaredFacetTypes {}

/** Sub-models by model type and name, each a `ModelShape`. Augmented by generated declarations. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- empty until it is augmented
export interface DeclaredModelTypes {}

/** Values by name, without a declaration file. */
type Values = Record<string, unknown>;

/** What a facet, an arrow into it and an arrow out of it take. */
export interface FacetShape {
  arguments: Values;
  inArrow: Values;
  outArrow: Values;
}

/** What a model takes. */
export interface ModelShape {
  parameters: Values;
  hyperparameters: Values;
}

/** Carries a shape in a type, and nothing at run time. */
export declare const shape: unique symbol;

/** No values. Unlike `{}`, it makes any value that is given a type error. */
export type Nothing = {readonly [shape]?: never};

/**
 * Values as a builder takes them: any number of them at a time, by the spec's names (`dataset_id`) or in camelCase
 * (`datasetId`), at every depth.
 */
export type Given<T> = T extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : T extends object
    ? {readonly [Name in keyof T as Name | CamelCase<Name & string>]?: Given<T[Name]>}
    : T;

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** The same members under the usual spellings of their names: `AI_CAST`, `AiCast`, `Ai Cast`. */
export type AnySpelling<Members> = {
  readonly [Name in keyof Members as Spellings<Name & string>]: Members[Name];
};

type Spellings<Name extends string> = Name | Uppercase<Snake<Name>> | Pascal<Snake<Name>>;

type Snake<Name extends string> = Name extends `${infer Head}${" " | "-"}${infer Tail}`
  ? `${Head}_${Snake<Tail>}`
  : Name;

type Pascal<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Capitalize<Lowercase<Head>>}${Pascal<Tail>}`
  : Capitalize<Lowercase<Name>>;
