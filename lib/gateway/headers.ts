// What every answer tells browsers not to do with it.
import {createHash} from "node:crypto";

/** For every answer. What is a page or a file of the site says more of itself than these two. */
export const strictHeaders = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy":
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), hid=()"
};

/**
 * What Framework's `html` and Inputs first write where an element gets a listener, as in `onclick="::3"`, before they replace it
 * with the function: the number is that of the value in its template. None of it is a program, so none of it can run.
 */
const placeholders = Array.from({length: 16}, (_, i) => scriptSource(`::${i + 1}`)).join(" ");

/** An inline script as a policy names it: by the hash of its text, in which browsers have made every line end a line feed. */
export function scriptSource(text: string): string {
  const hash = createHash("sha256").update(text.replace(/\r\n?/g, "\n")).digest("base64");
  return `'sha256-${hash}'`;
}

export interface PagePolicy {
  /** The sources of its inline scripts, such as `'sha256-…'`. */
  scripts?: readonly string[];
  /** Whether it needs `eval`, which a preview does. */
  evaluates?: boolean;
}

/**
 * The Content-Security-Policy of a page: scripts of this site and its own inline ones by their hash, WebAssembly, workers as
 * DuckDB makes them, and no other host. Plot and Framework write styles into the page as they go.
 */
export const pagePolicy = ({scripts = [], evaluates = false}: PagePolicy = {}) =>
  [
    "default-src 'none'",
    `script-src ${["'self'", "'wasm-unsafe-eval'", ...(evaluates ? ["'unsafe-eval'"] : []), ...scripts].join(" ")}`,
    `script-src-attr 'unsafe-hashes' ${placeholders}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'"
  ].join("; ");
