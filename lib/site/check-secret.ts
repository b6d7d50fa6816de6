// The ways in which a secret can stand in a file.

/** A secret as it is, as URLs and JSON write it, and in base64, whatever stands before and after it in what was encoded. */
export function secretForms(secret: string): Buffer[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const texts = [secret, encodeURIComponent(secret), json, ...base64Forms(secret)];
  return [...new Set(texts)].map((text) => Buffer.from(text));
}

/**
 * Base64 writes three bytes as four characters, so that a secret looks different by where it begins; those characters that
 * also depend on its neighbours are left out.
 */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64url");
    const begin = Math.ceil((before * 8) / 6);
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    const own = encoded.slice(begin, end);
    // Shorter than this it may stand anywhere by chance.
    if (own.length < 8) return [];
    return [own, own.replaceAll("-", "+").replaceAll("_", "/")];
  });
}
