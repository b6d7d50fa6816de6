// Tells once which files of a page could not be loaded, where otherwise each cell that needs one of them would tell it.

/** How the errors of Framework, of this kit and of browsers say that a file didn't come. */
const isLoadFault =
  /can't be (?:fetched|read)|broke off|Failed to fetch|NetworkError|Load failed|Unable to load file/;
const fileName = /[\w.-]+\.(?:arrow|parquet|json|csv|tsv)\b/;

/** What shows an error: Framework's cells, this kit's pictures, and whatever is marked with `data-error`. */
const telling = ".observablehq--error, [data-error]";

/** Options of `faultNote`. */
export interface FaultNoteOptions {
  /** Where to look for errors; by default the page's main part. */
  root?: Element | undefined;
  /** A cell's `invalidation`: when to stop looking. */
  invalidation?: PromiseLike<unknown> | undefined;
}

/**
 * An element that is empty until a file of the page fails to load. It then names the file, says what helps, and has a button that
 * reloads the page: `display(faultNote({invalidation}))`, near the top.
 *
 * Each place that waits for the file gets a dash, or a short sentence where a picture would be, in place of the same error once more.
 * Other errors, such as those of a page's own code, stay as they are.
 */
export function faultNote({root, invalidation}: FaultNoteOptions = {}): HTMLElement {
  const note = document.createElement("div");
  note.className = "ikigai-faults";
  note.setAttribute("role", "alert");
  const page = root ?? document.querySelector("main") ?? document.body;
  const faults = new Map<string, string>();

  function look(): void {
    const before = faults.size;
    for (const element of page.querySelectorAll<HTMLElement>(telling)) {
      const text = element.textContent;
      if (note.contains(element) || !isLoadFault.test(text)) continue;
      const file = fileName.exec(text)?.[0] ?? "";
      if (!faults.has(file)) faults.set(file, text.replace(/^(?:\w*Error: )+/, ""));
      quiet(element);
    }
    if (faults.size !== before) note.replaceChildren(...told(faults));
  }
  const observer = new MutationObserver(look);
  observer.observe(page, {childList: true, subtree: true});
  void invalidation?.then(() => observer.disconnect());
  look();
  return note;
}

/** Leaves in an error's place what a viewer can use. */
function quiet(element: HTMLElement): void {
  const isPicture = element.role === "alert" || element.closest(".picture") !== null;
  const isCell = element.parentElement?.classList.contains("observablehq--block") ?? false;
  element.className = "ikigai-fault";
  element.removeAttribute("role");
  element.removeAttribute("data-error");
  element.textContent = isPicture ? "Not shown: its data could not be loaded." : isCell ? "" : "–";
  if (element.role === "status" || (isCell && !isPicture)) element.hidden = true;
}

function told(faults: Map<string, string>): HTMLElement[] {
  const names = [...faults.keys()].filter(Boolean);
  const what = names.length
    ? `${names.join(", ")}${faults.has("") ? " and other files" : ""}`
    : "Data of this page";
  const title = Object.assign(document.createElement("strong"), {textContent: "Data is missing. "});
  const text = Object.assign(document.createElement("p"), {
    textContent: `${what} could not be loaded. Check your connection, then reload the page.`
  });
  text.prepend(title);
  const reload = Object.assign(document.createElement("button"), {type: "button", textContent: "Reload"});
  reload.addEventListener("click", () => location.reload());
  const details = document.createElement("details");
  details.append(Object.assign(document.createElement("summary"), {textContent: "Details"}));
  for (const message of faults.values())
    details.append(Object.assign(document.createElement("p"), {textContent: message}));
  return [text, reload, details];
}
