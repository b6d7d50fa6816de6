// A picture's place, for a page that knows how high it will be only when it runs.
import {html} from "npm:htl";

/** The place, so many pixels high at least, and so many on a phone. */
export const place = (picture: Element, {height, narrow = height}: {height: number; narrow?: number}) =>
  html`<div class="picture" style=${`--height: ${height}px; --narrow: ${narrow}px`}>${picture}</div>`;
