// What a browser's cascade gives elements of a chart: variables, colors, inheritance, themes, and which rule wins.
import fc from "fast-check";
import {JSDOM} from "jsdom";
import {describe, expect, it} from "vitest";
import {Styles} from "../../lib/render/cascade.js";
import {isTransparent, plainColor} from "../../lib/render/color.js";
import {rulesOf} from "../../lib/render/stylesheet.js";
import {substituteVariables} from "../../lib/render/variables.js";

/** The styles of `#x` in a document. */
function stylesOf(css: string, body: string, theme: "light" | "dark" = "light", width = 800) {
  const {document} = new JSDOM(`<body>${body}</body>`).window;
  const styles = new Styles(rulesOf(css, {theme, width}));
  return (property: string) => styles.get(document.getElementById("x")!, property);
}

describe("variables", () => {
  const held: Record<string, string> = {
    "--a": "red",
    "--b": "var(--a)",
    "--loop": "var(--loop)",
    "--two": "1 2"
  };
  const substituted = (value: string) => substituteVariables(value, (name) => held[name]);

  it("are replaced by what they hold, or by their fallback", () => {
    expect(substituted("var(--a)")).toBe("red");
    expect(substituted("mix(var( --b ), var(--none, rgb(1, 2, 3)) 5%)")).toBe("mix(red, rgb(1, 2, 3) 5%)");
    expect(substituted("var(--none, var(--also-none, var(--a)))")).toBe("red");
    expect(substituted("var(--none,)")).toBe("");
    expect(substituted("a var(--two) b")).toBe("a 1 2 b");
  });

  it("make a value invalid where nothing is held, or the value is its own", () => {
    expect(substituted("var(--none)")).toBeUndefined();
    expect(substituted("1px var(--loop)")).toBeUndefined();
    expect(substituted("var(--a")).toBeUndefined();
  });

  it("never leave a var() behind, nor hang", () => {
    const part = fc.constantFrom("var(", "--a", "--loop", "--none", ")", "(", ",", " ", "red");
    fc.assert(
      fc.property(fc.array(part, {maxLength: 20}), (parts) => {
        expect(substituted(parts.join("")) ?? "").not.toMatch(/\bvar\(/);
      })
    );
  });
});

describe("colors", () => {
  it.each([
    ["red", "rgb(255,0,0)"],
    ["#406bce", "rgb(64,107,206)"],
    ["currentColor", "rgb(1,2,3)"],
    ["color-mix(in srgb, white 50%, black)", "rgb(128,128,128)"],
    ["color-mix(in srgb, currentColor 50%, transparent)", "rgba(1,2,3,0.5)"],
    // By CSS Color 4's own matrices: OKLab's L of white and black are 1 and 0, and their mean is gray of L 0.5.
    ["color-mix(in oklab, white, black)", "rgb(99,99,99)"],
    ["hsl(120 100% 50%)", "rgb(0,255,0)"]
  ])("%s is %s", (color, plain) => expect(plainColor(color, "rgb(1,2,3)")).toBe(plain));

  it("know what is none, and what can't be seen", () => {
    expect(plainColor("no-color", "rgb(0,0,0)")).toBeUndefined();
    expect(plainColor("linear-gradient(red, blue)", "rgb(0,0,0)")).toBeUndefined();
    expect(isTransparent(plainColor("transparent", "rgb(0,0,0)"))).toBe(true);
    expect(isTransparent("rgb(0,0,0)")).toBe(false);
  });
});

describe("the cascade", () => {
  const svg = (attributes = "", around = "") =>
    `<div ${around}><svg><g fill="green"><path id="x" class="a" ${attributes}/></g></svg></div>`;

  it("prefers rules to attributes, and the style attribute to rules", () => {
    expect(stylesOf("", svg('fill="red"'))("fill")).toBe("rgb(255,0,0)");
    expect(stylesOf("path {fill: blue}", svg('fill="red"'))("fill")).toBe("rgb(0,0,255)");
    expect(stylesOf("path {fill: blue}", svg('style="fill: white"'))("fill")).toBe("rgb(255,255,255)");
    expect(stylesOf("path {fill: blue !important}", svg('style="fill: white"'))("fill")).toBe("rgb(0,0,255)");
  });

  it("goes by specificity, then by order; :where() counts for nothing", () => {
    const css =
      "#x {stroke-width: 4} .a {stroke-width: 3; fill: red} path {fill: blue} :where(#x) {stroke-width: 9}";
    expect(stylesOf(css, svg())("stroke-width")).toBe("4");
    expect(stylesOf(css, svg())("fill")).toBe("rgb(255,0,0)");
    expect(stylesOf(".a {fill: red} .a {fill: blue}", svg())("fill")).toBe("rgb(0,0,255)");
    expect(stylesOf(":is(#x, p) {fill: red} .a.a {fill: blue}", svg())("fill")).toBe("rgb(255,0,0)");
    expect(stylesOf("div > svg .a {fill: red} g path {fill: blue}", svg())("fill")).toBe("rgb(255,0,0)");
  });

  it("inherits, and resolves currentColor where it is used", () => {
    expect(stylesOf("", svg())("fill")).toBe("rgb(0,128,0)");
    const css = "svg {fill: currentColor} g {color: red; fill: inherit} .a {color: blue}";
    expect(stylesOf(css, svg())("fill")).toBe("rgb(0,0,255)");
    expect(stylesOf("svg {opacity: 0.5}", svg())("opacity")).toBe("1");
    expect(stylesOf(".a {fill: unset}", svg('fill="red"'))("fill")).toBe("rgb(0,128,0)");
    expect(stylesOf(".a {fill: initial}", svg('fill="red"'))("fill")).toBe("rgb(0,0,0)");
  });

  it("reads the theme and the width of media queries, and no print rules", () => {
    const css =
      ":root {--c: red} @media (prefers-color-scheme: dark) {:root {--c: blue}} @media print {.a {opacity: 0}} " +
      "@media (min-width: 900px) {.a {opacity: 0.9}} .a {fill: var(--c)}";
    expect(stylesOf(css, svg())("fill")).toBe("rgb(255,0,0)");
    expect(stylesOf(css, svg(), "dark")("fill")).toBe("rgb(0,0,255)");
    expect(stylesOf(css, svg())("opacity")).toBe("1");
    expect(stylesOf(css, svg(), "light", 1000)("opacity")).toBe("0.9");
  });

  it("computes sizes and the font shorthand", () => {
    const css =
      ":root {--sans-serif: Arial, sans-serif} div {font: italic 500 20px/1.5 var(--sans-serif)} svg {font-size: 0.5em}";
    const get = stylesOf(css, svg());
    expect(["font-size", "font-weight", "font-style", "line-height", "font-family"].map(get)).toEqual([
      "10px",
      "500",
      "italic",
      "1.5",
      "Arial, sans-serif"
    ]);
    expect(stylesOf("div {font: small serif}", svg())("font-size")).toBe("13px");
    expect(stylesOf("#x {margin: 1px 2px 3px}", svg())("margin-left")).toBe("2px");
  });

  it("passes over what it can't read", () => {
    const css =
      ".a {fill: red; fill: no-color(} @unknown x {.a {fill: blue}} .a:unknown(x) {fill: white} }}} {";
    expect(stylesOf(".a:unknown-thing {fill: white} .a {fill: red}", svg())("fill")).toBe("rgb(255,0,0)");
    expect(() => stylesOf(css, svg())("fill")).not.toThrow();
  });
});
