// Buttons that save what a page shows.
import {useStyle} from "../dom/index.js";
import {csvText, type CsvRow} from "./csv.js";
import {parquetBytes} from "./parquet.js";
import {svgImage} from "./svg-image.js";

/** What viewers can save. Each function is called when its button is pressed. */
export interface Downloadable {
  /** The files' name, without extension. */
  name: () => string;
  /** For CSV and Parquet: the rows that are shown. */
  rows?: () => readonly CsvRow[] | PromiseLike<readonly CsvRow[]>;
  /** For SVG and PNG: the element whose pictures and texts are shown, such as a chart's card. */
  picture?: () => Element | null;
}

/** In the colors of the page's theme. */
const css = `
.ikigai-downloads {
  align-items: center;
  display: flex;
  flex-wrap: wrap;
  font: 13px/1.2 var(--sans-serif, system-ui, sans-serif);
  gap: 8px;
  margin-top: 12px;
}
.ikigai-downloads::before { color: var(--theme-foreground-muted, color-mix(in srgb, CanvasText 70%, Canvas)); content: "Download"; }
.ikigai-downloads button {
  background: var(--theme-background, Canvas);
  border: 1px solid var(--theme-foreground-fainter, color-mix(in srgb, CanvasText 30%, Canvas));
  border-radius: 4px;
  color: inherit;
  cursor: pointer;
  font: inherit;
  padding: 4px 12px;
}
@media (pointer: coarse), (max-width: 639px) {
  .ikigai-downloads button { min-height: 44px; }
}
@media (max-width: 639px) {
  .ikigai-downloads::before { flex-basis: 100%; }
}
@media print {
  .ikigai-downloads { display: none; }
}
`;

const parquetType = "application/vnd.apache.parquet";

/** Pixels of a PNG for each pixel of the page. */
const scale = 2;

/** A group of buttons: CSV and Parquet where there are `rows`, SVG and PNG where there is a `picture`. What can't be saved says why beside them. */
export function downloads({name, rows, picture}: Downloadable): HTMLElement {
  useStyle(css);
  const element = document.createElement("div");
  element.className = "ikigai-downloads";
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", "Download");
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const add = (format: string, make: () => Blob | PromiseLike<Blob>) => {
    const button = Object.assign(document.createElement("button"), {type: "button", textContent: format});
    button.addEventListener("click", () => {
      said.textContent = "";
      Promise.resolve()
        .then(make)
        .then(
          (blob) => save(blob, `${fileName(name())}.${format.toLowerCase()}`),
          (error: unknown) => (said.textContent = `${format} can’t be made: ${(error as Error).message}`)
        );
    });
    element.append(button);
  };
  if (rows) {
    add("CSV", async () => new Blob([csvText(await rows())], {type: "text/csv"}));
    add("Parquet", async () => new Blob([await parquetBytes(await rows())], {type: parquetType}));
  }
  if (picture) {
    add("SVG", () => svgBlob(shown(picture)));
    add("PNG", () => pngBlob(shown(picture)));
  }
  element.append(said);
  return element;
}

function shown(picture: () => Element | null): SVGSVGElement {
  const element = picture();
  if (!element?.querySelector("svg")) throw new Error("nothing is drawn yet");
  return svgImage(element);
}

const svgBlob = (svg: SVGSVGElement) =>
  new Blob([new XMLSerializer().serializeToString(svg)], {type: "image/svg+xml"});

async function pngBlob(svg: SVGSVGElement): Promise<Blob> {
  const url = URL.createObjectURL(svgBlob(svg));
  try {
    const image = Object.assign(new Image(), {src: url});
    await image.decode();
    const [width, height] = [svg, svg].map(
      (one, i) => scale * Number(one.getAttribute(i ? "height" : "width"))
    );
    const canvas = Object.assign(document.createElement("canvas"), {width, height});
    canvas.getContext("2d")!.drawImage(image, 0, 0, width!, height!);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the browser refused to draw it"))))
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), {href: url, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Without what some systems don't allow in a file's name. */
const fileName = (name: string) =>
  name
    .replace(/[^\p{L}\p{N}.-]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .toLowerCase() || "download";
