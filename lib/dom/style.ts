// Styles that elements bring along.

const used = new Set<string>();

/** Adds these rules to the page, once. An adopted sheet needs no file beside the module, and a CSP allows it. */
export function useStyle(css: string): void {
  if (used.has(css)) return;
  used.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
