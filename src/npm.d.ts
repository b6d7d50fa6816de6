// The packages that pages import and that have no types of their own: what is used of them here.

declare module "npm:htl" {
  interface Template<T> {
    (strings: TemplateStringsArray, ...values: unknown[]): T;
  }
  export const html: Template<HTMLElement> & {fragment: Template<DocumentFragment>};
  export const svg: Template<SVGElement>;
}

declare module "npm:@observablehq/inputs" {
  export interface Input<T> extends HTMLElement {
    value: T;
  }
  interface SelectOptions<T> {
    label?: string;
    value?: T;
    format?: (choice: T) => string;
    disabled?: boolean;
  }
  export function select<T>(choices: readonly T[], options?: SelectOptions<T>): Input<T>;
}

declare module "npm:@observablehq/stdlib" {
  export function FileAttachment(name: string): {readonly name: string; url(): Promise<string>};
}
