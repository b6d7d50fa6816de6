// The style of forms and of the line on new data, in the colors of the page's theme.
import {useStyle} from "../dom/index.js";

/** A page can set `--ikigai-*`; they default to Framework's theme. */
const css = `
ikigai-form, ikigai-news {
  --accent: var(--ikigai-accent, var(--theme-foreground-focus, #3b5fc0));
  --good: var(--ikigai-good, color-mix(in oklab, var(--theme-green, #3ca951) 65%, var(--theme-foreground, CanvasText)));
  --bad: var(--ikigai-bad, color-mix(in oklab, var(--theme-red, #ff725c) 62%, var(--theme-foreground, CanvasText)));
  --quiet: var(--ikigai-quiet, color-mix(in srgb, var(--theme-foreground, CanvasText) 70%, var(--theme-background, Canvas)));
  --line: var(--theme-foreground-fainter, color-mix(in srgb, CanvasText 30%, Canvas));
  --faint: var(--theme-foreground-faintest, color-mix(in srgb, CanvasText 14%, Canvas));
  --field: var(--theme-background, Canvas);
  box-sizing: border-box;
  color: var(--theme-foreground, CanvasText);
  font: 14px/1.45 var(--sans-serif, system-ui, sans-serif);
}
ikigai-form {
  display: block;
  max-width: 40rem;
}
ikigai-form:not(.card *) {
  background: var(--theme-background-alt, Canvas);
  border: 1px solid var(--faint);
  border-radius: 0.75rem;
  margin: 1rem 0;
  padding: 1rem;
}
ikigai-form p { margin: 0; max-width: none; }
ikigai-form h2.ikigai-title {
  font: 600 16px/1.3 var(--sans-serif, system-ui, sans-serif);
  font-style: normal;
  margin: 0;
  max-width: none;
}
ikigai-form .ikigai-source { color: var(--quiet); font-size: 13px; margin-top: 1px; }
ikigai-form .ikigai-about { margin-top: 0.5rem; }
ikigai-form .ikigai-note, ikigai-form .ikigai-help, ikigai-form .ikigai-figure { color: var(--quiet); font-size: 13px; }
ikigai-form form { margin: 0; }
ikigai-form :is(input, select) { margin: 0; }
ikigai-form fieldset { border: 0; margin: 0; min-width: 0; padding: 0; }
ikigai-form .ikigai-fields {
  display: grid;
  gap: 1rem 1.25rem;
  grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
  margin-top: 1rem;
}
ikigai-form .ikigai-fields:empty { display: none; }
ikigai-form .ikigai-field > * + * { margin-top: 0.25rem; }
ikigai-form .ikigai-caption { align-items: baseline; display: flex; gap: 0.5rem; justify-content: space-between; }
ikigai-form .ikigai-caption label { font-weight: 500; }
ikigai-form .ikigai-toggle { grid-column: 1 / -1; }
ikigai-form .ikigai-toggle .ikigai-caption { align-items: center; justify-content: start; }
ikigai-form .ikigai-fault { color: var(--bad); font-size: 13px; font-weight: 500; }
ikigai-form :is(input[type="text"], input[type="number"], input[type="date"], input[type="password"], select) {
  background: var(--field);
  border: 1px solid var(--line);
  border-radius: 6px;
  box-sizing: border-box;
  color: inherit;
  font: inherit;
  font-variant-numeric: tabular-nums;
  height: 34px;
  min-width: 0;
  padding: 0 0.625rem;
  width: 100%;
}
ikigai-form select { padding: 0 0.375rem; }
ikigai-form ::placeholder { color: var(--quiet); opacity: 1; }
ikigai-form input[type="checkbox"] { accent-color: var(--accent); height: 16px; margin: 0; width: 16px; }
ikigai-form .ikigai-slider { align-items: center; display: grid; gap: 0.75rem; grid-template-columns: 5.5rem minmax(0, 1fr); }
ikigai-form input[type="range"] { accent-color: var(--accent); margin: 0; min-width: 0; width: 100%; }
ikigai-form .ikigai-invalid :is(input, select) { border-color: var(--bad); }
ikigai-form .ikigai-actions { align-items: center; display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; margin-top: 1rem; }
ikigai-form button, ikigai-news button {
  background: transparent;
  border: 1px solid var(--line);
  border-radius: 6px;
  color: inherit;
  cursor: pointer;
  font: 500 14px/1 var(--sans-serif, system-ui, sans-serif);
  min-height: 34px;
  padding: 0 0.875rem;
}
ikigai-form button:not([aria-disabled], :disabled, .ikigai-primary):hover, ikigai-news button:hover { border-color: currentColor; }
ikigai-form button.ikigai-primary { background: var(--accent); border-color: transparent; color: var(--theme-background, Canvas); padding: 0 1.125rem; }
ikigai-form button.ikigai-primary:not([aria-disabled]):hover { background: color-mix(in oklab, var(--accent) 88%, var(--theme-foreground, CanvasText)); }
ikigai-form button:is(:disabled, [aria-disabled]) {
  background: var(--faint);
  border-color: transparent;
  color: var(--quiet);
  cursor: default;
}
ikigai-form :is(input, select, button, summary, pre, a):focus-visible, ikigai-news button:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}
ikigai-form fieldset:disabled .ikigai-field { opacity: 0.6; }
ikigai-form .ikigai-problem { color: var(--bad); font-weight: 500; margin-top: 0.75rem; overflow-wrap: anywhere; white-space: pre-line; }
ikigai-form .ikigai-run { border-top: 1px solid var(--faint); margin-top: 1rem; padding-top: 0.875rem; }
ikigai-form .ikigai-standing { align-items: baseline; display: flex; gap: 0.5rem; }
ikigai-form .ikigai-standing strong { font-weight: 600; min-width: 0; overflow-wrap: anywhere; }
ikigai-form .ikigai-run[data-status="none"] .ikigai-sign { display: none; }
ikigai-form .ikigai-sign { align-self: start; flex: none; height: 16px; margin-top: 2px; }
ikigai-form .ikigai-icon { display: block; fill: none; stroke: var(--quiet); stroke-linecap: round; stroke-linejoin: round; stroke-width: 1.6; }
ikigai-form .ikigai-icon.ikigai-done { stroke: var(--good); }
ikigai-form .ikigai-icon.ikigai-failed { stroke: var(--bad); }
ikigai-form .ikigai-icon.ikigai-running { animation: ikigai-turn 1s linear infinite; stroke: var(--accent); }
ikigai-form .ikigai-run[data-status="failed"] strong { color: var(--bad); }
ikigai-form .ikigai-figure { flex: none; font-variant-numeric: tabular-nums; margin-left: auto; }
ikigai-form progress { accent-color: var(--accent); appearance: none; background: var(--faint); border: 0; border-radius: 3px; display: block; height: 6px; margin: 0.625rem 0; overflow: hidden; width: 100%; }
ikigai-form progress[hidden] { display: none; }
ikigai-form progress::-webkit-progress-bar { background: var(--faint); }
ikigai-form progress::-webkit-progress-value { background: var(--accent); border-radius: 3px; transition: inline-size 0.3s ease-out; }
ikigai-form progress::-moz-progress-bar { background: var(--accent); border-radius: 3px; }
ikigai-form progress:indeterminate { animation: ikigai-slide 1.6s ease-in-out infinite; background: linear-gradient(90deg, transparent 0 33%, var(--accent) 33% 67%, transparent 67%) 0 / 300% 100% var(--faint); }
ikigai-form progress:indeterminate::-webkit-progress-bar { background: transparent; }
ikigai-form progress:indeterminate::-moz-progress-bar { background: transparent; }
ikigai-form .ikigai-run .ikigai-note { margin-top: 0.25rem; overflow-wrap: anywhere; }
ikigai-form .ikigai-remark { font-size: 13px; margin-top: 0.25rem; }
/* Live regions exist before they have text. */
ikigai-form .ikigai-field > .ikigai-fault:empty { margin-top: 0; }
ikigai-form :is(.ikigai-remark, .ikigai-problem):empty { margin-top: 0; }
ikigai-form details { margin-top: 0.5rem; }
ikigai-form summary { color: var(--quiet); cursor: pointer; font-size: 13px; width: fit-content; }
ikigai-form pre {
  background: var(--field);
  border: 1px solid var(--faint);
  border-radius: 6px;
  font: 12px/1.5 var(--monospace, ui-monospace, monospace);
  margin: 0.375rem 0 0;
  max-height: 16rem;
  max-width: none;
  overflow: auto;
  overflow-wrap: anywhere;
  padding: 0.625rem 0.75rem;
  white-space: pre-wrap;
}
ikigai-form .ikigai-command code span { display: inline-block; }
ikigai-form .ikigai-command { align-items: start; display: grid; gap: 0.5rem; grid-template-columns: minmax(0, 1fr) auto; margin-top: 0.375rem; }
ikigai-form .ikigai-command pre { margin: 0; min-height: 0; padding: 0.45rem 0.75rem; }
ikigai-form .ikigai-static { border-top: 1px solid var(--faint); margin-top: 1rem; padding-top: 0.875rem; }
ikigai-form a[href] { color: var(--accent); text-decoration: underline; }
ikigai-form .ikigai-signin { align-items: end; display: grid; gap: 0.5rem; grid-template-columns: minmax(0, 18rem) auto; justify-content: start; margin-top: 0.75rem; }
ikigai-form .ikigai-signin label { display: grid; font-weight: 500; gap: 0.25rem; }
ikigai-news:not(:empty) {
  align-items: center;
  background: color-mix(in oklab, var(--accent) 8%, var(--theme-background, Canvas));
  border: 1px solid color-mix(in oklab, var(--accent) 35%, var(--theme-background, Canvas));
  border-radius: 0.5rem;
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem 0.75rem;
  justify-content: space-between;
  margin: 1rem 0;
  max-width: 40rem;
  padding: 0.375rem 0.375rem 0.375rem 0.875rem;
}
@keyframes ikigai-turn { to { transform: rotate(360deg); } }
@keyframes ikigai-slide { from { background-position: 100% 0; } to { background-position: 0 0; } }
@media (prefers-reduced-motion: reduce) {
  ikigai-form .ikigai-icon.ikigai-running { animation-duration: 4s; }
  ikigai-form progress:indeterminate { animation: none; background: repeating-linear-gradient(90deg, var(--accent) 0 8px, var(--faint) 8px 16px); }
  ikigai-form progress::-webkit-progress-value { transition: none; }
}
`;

/** Adds these rules to the page, once. */
export const useTriggerStyle = () => useStyle(css);
