// The search box of each page: asks the index that `npm run docs:build` writes beside the site. It sends no request to other hosts.

/** What this uses of Pagefind's module, which is made with the index. */
interface Pagefind {
  search(words: string): Promise<{results: {data(): Promise<Found>}[]}>;
}
interface Section {
  url: string;
  title: string;
  excerpt: string;
}
interface Found {
  url: string;
  excerpt: string;
  meta: {title: string};
  sub_results: Section[];
}

const search = document.querySelector<HTMLElement>("#docs-search")!;
const box = search.querySelector("input")!;
const list = search.querySelector("ol")!;
const status = search.querySelector<HTMLElement>("[role=status]")!;
const index = new URL(search.dataset.index!, document.baseURI).href;
let pagefind: Promise<Pagefind> | undefined;
let questions = 0;

async function answer() {
  const words = box.value.trim();
  const question = ++questions;
  if (!words) return show([], "");
  try {
    pagefind ??= import(index) as Promise<Pagefind>;
    const {results} = await (await pagefind).search(words);
    const pages = await Promise.all(results.slice(0, 8).map((result) => result.data()));
    if (question !== questions) return;
    show(pages, results.length === 1 ? "1 page" : `${results.length || "No"} pages`);
  } catch {
    pagefind = undefined;
    if (question === questions) show([], "There is no search index here. It is made by npm run docs:build.");
  }
}

function show(pages: Found[], text: string) {
  status.textContent = text;
  list.replaceChildren(...pages.map(item));
}

/** A link to the section of the page that fits best, and a few of its words. */
function item({url, excerpt, meta, sub_results: [section]}: Found) {
  const link = document.createElement("a");
  link.href = (section?.url ?? url).replace(/\.html(?=#|$)/, "");
  link.textContent = section && section.title !== meta.title ? `${meta.title}: ${section.title}` : meta.title;
  const text = document.createElement("p");
  text.innerHTML = section?.excerpt ?? excerpt; // Pagefind escapes it, and puts <mark> around the words
  const element = document.createElement("li");
  element.append(link, text);
  return element;
}

box.addEventListener("input", () => void answer());
box.addEventListener("keydown", ({key}) => {
  if (key === "Enter") list.querySelector("a")?.click();
  if (key !== "Escape") return;
  box.value = "";
  void answer();
});
