// How a page finds its gateway, and how the gateway knows that a request comes from one of its pages.

/**
 * Name of the `<meta>` element that the gateway puts into each page it serves; its content is the path of the API, such as
 * `/api`. A page without it is on plain static hosting, and sends no requests.
 */
export const gatewayMeta = "ikigai-gateway";

/** A header that a form or an image of another site can't send: each request that changes something must carry it. */
export const pageHeader = "x-ikigai-kit";

/** Identifies a request to start a run: the same key again means the same run. */
export const idempotencyHeader = "idempotency-key";

/** In a page, the path of the gateway's API without a trailing slash, such as `/api`; undefined on plain static hosting. */
export function gatewayPath(): string | undefined {
  return document.querySelector<HTMLMetaElement>(`meta[name="${gatewayMeta}"]`)?.content.replace(/\/+$/, "");
}
