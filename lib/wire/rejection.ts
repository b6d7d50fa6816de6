// What the platform answers when it refuses or fails: JSON with a message, or a text.

/** What the body says, for a person: its `message` when it is JSON with one, else the start of its text. */
export function rejectionMessage(body: string): string {
  try {
    const parsed = JSON.parse(body) as {message?: unknown} | null;
    if (typeof parsed?.message === "string") return parsed.message;
  } catch {
    // Not JSON: a proxy's page, or plain text.
  }
  const plain = body
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length > 300 ? `${plain.slice(0, 297)}...` : plain;
}
