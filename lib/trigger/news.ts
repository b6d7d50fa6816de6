// A line that says when the page's data has a new edition, for pages that don't refresh by themselves.
import type {Publication} from "../gateway-api/index.js";
import {h, setText} from "../dom/index.js";
import {listen} from "./events.js";
import {liveElement} from "./live-element.js";
import {isOutdated} from "./published.js";
import {useTriggerStyle} from "./style.js";
import {ago} from "./time.js";

/** Milliseconds between two updates of the age that is shown. */
const refreshInterval = 30_000;

/**
 * An element that is empty until data which this page shows is published again; then it says "New data, from 2 minutes ago",
 * and offers to reload. Files that `fresh` replaces don't count. Without a gateway it stays empty.
 */
export function news(): HTMLElement {
  useTriggerStyle();
  return liveElement("ikigai-news", (element) => {
    element.setAttribute("role", "status");
    let newest: Publication | undefined;
    const age = h("span");
    const show = (publication: Publication) => {
      if (!isOutdated(publication)) return;
      newest = publication;
      update();
      if (element.firstChild) return;
      const button = h("button", {type: "button"}, "Reload");
      button.addEventListener("click", () => location.reload());
      element.append(age, button);
    };
    const update = () => {
      if (newest) setText(age, `New data, from ${ago(newest.at)}.`);
    };
    const clock = setInterval(update, refreshInterval);
    const stop = listen({hello: ({publication}) => publication && show(publication), publication: show});
    return () => {
      clearInterval(clock);
      stop();
      element.replaceChildren();
    };
  });
}
