// The key in every form in which a proxy or a server may repeat it.

/** Replaces a secret in a text, whether it stands there as it is or encoded: base64, also within more, hexadecimal, of URLs, JSON or HTML. */
export function withoutSecret(secret: string): (text: string) => string {
  const pattern = new RegExp(formsOf(secret).map(escaped).join("|"), "gi");
  return (text) => text.replace(pattern, "[key]");
}

/** The longest forms first: one may begin with another. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString("hex");
  const forms = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({"": secret}).toString().slice(1),
    [...hex.matchAll(/../g)].map(([byte]) => `%${byte}`).join(""),
    hex,
    JSON.stringify(secret).slice(1, -1),
    html(secret, {'"': "&quot;", "'": "&#39;"}),
    html(secret, {'"': "&#34;", "'": "&apos;"}),
    html(secret, {}),
    ...base64Forms(bytes)
  ];
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

const html = (text: string, quotes: Record<string, string>) =>
  text.replace(/[&<>"']/g, (c) => ({"&": "&amp;", "<": "&lt;", ">": "&gt;", ...quotes})[c] ?? c);

/**
 * Base64 packs three bytes into four characters, so what it makes of the secret depends on how many bytes stand before it; the characters
 * that it shares with its neighbors are left out.
 */
function base64Forms(bytes: Buffer): string[] {
  const forms = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const shared = (before + bytes.length) % 3 === 0 ? 0 : 1;
    return text.slice([0, 2, 3][before], text.length - shared);
  });
  return forms
    .filter((form) => form.length >= 8)
    .flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_"), encodeURIComponent(form)]);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
