// A small picture of all times, on which a part is chosen: by dragging, or by the keys of its two ends.
import {html} from "npm:htl";
import {between, shifted, withEnd, type Span} from "./span.js";

/** The times from the first to the last that is chosen. */
export interface Zoom {
  from: Date;
  to: Date;
}

/** The input; null is all times. It sends an `input` event when another part is chosen. */
export interface TimeBrush extends HTMLElement {
  value: Zoom | null;
}

interface BrushOptions {
  /** All times that can be chosen, in order, evenly spaced. */
  times: Date[];
  format: (time: Date) => string;
  /** What is said when all are chosen, such as "All months". */
  all: string;
  /** What Page Up and Page Down go over. */
  page?: number;
}

/** @param overview the picture that the brush lies on, over its whole width */
export function timeBrush(overview: Element, {times, format, all, page = 12}: BrushOptions): TimeBrush {
  const last = times.length - 1;
  const whole: Span = {from: 0, to: last};
  let span = whole;
  const handles = {from: handle("Zoom: from"), to: handle("Zoom: to")};
  const frame = html`<div class="brush-window"></div>`;
  const reset = html`<button type="button">Show all</button>` as HTMLButtonElement;
  const said = html`<span class="remark"></span>`;
  const track = html`<div class="brush">${overview}${frame}${handles.from}${handles.to}</div>`;
  const element = html`<div role="group" aria-label="Zoom">
    ${track}
    <p class="brush-said">${said} ${reset}</p>
  </div>`;

  function show(): void {
    element.hidden = !times.length; // nothing to choose from
    if (element.hidden) return;
    const percent = (place: number) => `${(100 * place) / last}%`;
    frame.style.left = handles.from.style.left = percent(span.from);
    handles.to.style.left = percent(span.to);
    frame.style.right = percent(last - span.to);
    for (const end of ["from", "to"] as const) {
      handles[end].ariaValueMax = String(last);
      handles[end].ariaValueNow = String(span[end]);
      handles[end].ariaValueText = format(times[span[end]]!);
    }
    said.textContent = isAll() ? all : `${format(times[span.from]!)} to ${format(times[span.to]!)}`;
    reset.disabled = isAll();
  }
  const isAll = () => span.from === 0 && span.to === last;

  function choose(chosen: Span): void {
    if (chosen.from === span.from && chosen.to === span.to) return;
    span = chosen;
    show();
    element.dispatchEvent(new Event("input", {bubbles: true}));
  }

  for (const end of ["from", "to"] as const)
    handles[end].addEventListener("keydown", (event) => {
      const place = placeAfter(event.key, span[end], {page, last});
      if (place === undefined) return;
      event.preventDefault();
      choose(withEnd(span, end, place, last));
    });
  reset.addEventListener("click", () => choose(whole));
  track.addEventListener("pointerdown", (event) => {
    const start = placeAt(event);
    const before = span;
    const end = (["from", "to"] as const).find((end) => handles[end] === event.target);
    const isPan = event.target === frame && !isAll();
    const drag = (event: PointerEvent) => {
      const place = placeAt(event);
      if (end) choose(withEnd(span, end, place, last));
      else if (isPan) choose(shifted(before, place - start, last));
      else if (place !== start) choose(between(start, place, last));
    };
    event.preventDefault();
    if (end) handles[end].focus();
    track.setPointerCapture(event.pointerId);
    track.addEventListener("pointermove", drag);
    track.addEventListener("lostpointercapture", () => track.removeEventListener("pointermove", drag), {
      once: true
    });
  });

  function placeAt({clientX}: PointerEvent): number {
    const {left, width} = track.getBoundingClientRect();
    return Math.round(Math.max(0, Math.min(1, (clientX - left) / width)) * last);
  }

  show();
  return Object.defineProperty(element, "value", {
    get: () => (isAll() ? null : {from: times[span.from]!, to: times[span.to]!}),
    set(zoom: Zoom | null) {
      span = zoom ? between(placeOf(zoom.from), placeOf(zoom.to), last) : whole;
      show();
    }
  }) as unknown as TimeBrush;

  function placeOf(time: Date): number {
    const place = times.findIndex((each) => +each >= +time);
    return place < 0 ? last : place;
  }
}

const handle = (label: string) =>
  html`<div class="brush-handle" role="slider" tabindex="0" aria-label=${label} aria-valuemin="0"></div>`;

/** Where a key moves an end to; undefined for keys that don't. */
function placeAfter(key: string, place: number, {page, last}: {page: number; last: number}) {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowDown: -1,
    ArrowRight: 1,
    ArrowUp: 1,
    PageDown: -page,
    PageUp: page,
    Home: -last,
    End: last
  };
  return steps[key] === undefined ? undefined : place + steps[key];
}
