// What scrolls sideways in a page, and whether a viewer sees that it does, and reaches it by the keyboard.
import type {Locator, Page} from "playwright-core";

/** What scrolls sideways and doesn't show it, has no name or takes no focus, as readable lines. */
export async function hiddenSideways(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const place of await page.locator("#observablehq-main :is(nav, form, div):visible").all()) {
    const found = await place.evaluate((element) => ({
      scrolls:
        ["auto", "scroll"].includes(getComputedStyle(element).overflowX) &&
        element.scrollWidth > element.clientWidth + 16, // less is hardly more than a padding
      name: element.ariaLabel,
      takesFocus: (element as HTMLElement).tabIndex >= 0 || element.querySelector("button") !== null,
      text: element.textContent.trim().slice(0, 40)
    }));
    if (!found.scrolls) continue;
    const told = `"${found.name ?? found.text}"`;
    if (!found.name) faults.push(`${told} scrolls and has no name`);
    if (!found.takesFocus) faults.push(`${told} scrolls and takes no focus`);
    if (!(await isShaded(page, place))) faults.push(`${told} doesn't show that it scrolls`);
    await place.evaluate((element) => (element.scrollLeft = element.scrollWidth));
    if (await isShaded(page, place)) faults.push(`${told} shows that it scrolls on, at its end`);
  }
  return faults;
}

/** Whether the right edge is of another color than what is 40 pixels further in: the median of each, since texts stand there. */
async function isShaded(page: Page, place: Locator): Promise<boolean> {
  const picture = (await place.screenshot()).toString("base64");
  return page.evaluate(async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const {width, height} = bitmap;
    const context = new OffscreenCanvas(width, height).getContext("2d")!;
    context.drawImage(bitmap, 0, 0);
    const lightness = (x: number) => {
      const {data} = context.getImageData(x, 0, 1, height);
      const each = Array.from({length: height}, (_, y) => data[4 * y]! + data[4 * y + 1]! + data[4 * y + 2]!);
      return each.sort((a, b) => a - b)[height >> 1]!;
    };
    return Math.abs(lightness(width - 2) - lightness(width - 40)) > 24;
  }, picture);
}
