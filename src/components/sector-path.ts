// From the total to one sector and its parts, as buttons.
import {html} from "npm:htl";
import {partsOf, pathTo} from "./sectors.js";

/** The element: `show` puts a sector in its middle, between those that contain it and its parts. */
export interface SectorPath extends HTMLElement {
  show(sector: string | null): void;
}

/** @param choose called with the sector whose button is pressed */
export function sectorPath(choose: (sector: string) => void): SectorPath {
  const element = html`<div class="sector-path"></div>`;
  const button = (name: string) => {
    const element = html`<button type="button">${name}</button>`;
    element.addEventListener("click", () => choose(name));
    return html`<li>${element}</li>`;
  };
  function show(sector: string | null): void {
    if (sector === null) return element.replaceChildren(); // the table has none
    const hadFocus = element.contains(document.activeElement);
    const parts = partsOf(sector);
    const current = html`<li aria-current="true" tabindex="-1">${sector}</li>`;
    element.replaceChildren(
      html`<nav aria-label="Sectors that contain this one">
        <ol>
          ${pathTo(sector).map(button)} ${current}
        </ol>
      </nav>`,
      html`<nav aria-label="Parts of this sector">
        <span class="remark">${parts.length ? "Made of" : "Contains no other sector"}</span>
        <ul>
          ${parts.map(button)}
        </ul>
      </nav>`
    );
    if (hadFocus) current.focus();
  }
  return Object.assign(element, {show});
}
