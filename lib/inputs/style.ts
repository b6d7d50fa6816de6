// The style of inputs, in the colors of the page's theme.

export const css = `
.ikigai-picker {
  --row: 32px;
  --line: var(--theme-foreground-fainter, color-mix(in srgb, CanvasText 30%, Canvas));
  --quiet: color-mix(in srgb, var(--theme-foreground, CanvasText) 70%, var(--theme-background, Canvas));
  --accent: var(--theme-foreground-focus, #3b5fc0);
  align-items: center;
  box-sizing: border-box;
  color: var(--theme-foreground, CanvasText);
  display: flex;
  flex-wrap: wrap;
  font: 13px/1.2 var(--sans-serif, system-ui, sans-serif);
  gap: 4px 8px;
  max-width: 100%;
  position: relative;
}
@media (pointer: coarse) {
  .ikigai-picker { --row: 44px; font-size: 16px; }
}
.ikigai-picker label { min-width: var(--label-width, 60px); }
.ikigai-picker .ikigai-box { display: flex; flex: 1 1 240px; gap: 4px; max-width: 480px; min-width: 0; position: relative; }
.ikigai-picker input {
  background: var(--theme-background, Canvas);
  border: 1px solid var(--line);
  border-radius: 4px;
  box-sizing: border-box;
  color: inherit;
  flex: 1;
  font: inherit;
  height: var(--row);
  margin: 0;
  min-width: 0;
  padding: 0 8px;
  text-overflow: ellipsis;
}
.ikigai-picker button {
  background: var(--theme-background, Canvas);
  border: 1px solid var(--line);
  border-radius: 4px;
  color: inherit;
  cursor: pointer;
  font: inherit;
  height: var(--row);
  margin: 0;
  min-width: var(--row);
  padding: 0;
}
.ikigai-picker button:disabled { color: var(--quiet); cursor: default; opacity: 0.5; }
.ikigai-picker :is(input, button):focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.ikigai-picker:has(> .ikigai-facets) { flex: 1 1 100%; grid-column: 1 / -1; }
.ikigai-picker .ikigai-facets {
  display: grid;
  flex: 1 0 100%;
  gap: 8px 16px;
  grid-template-columns: repeat(auto-fill, minmax(min(200px, 100%), 1fr));
  margin-bottom: 4px;
}
.ikigai-picker .ikigai-facet { display: grid; gap: 4px; min-width: 0; }
.ikigai-picker .ikigai-facet label { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.ikigai-picker .ikigai-facet input { padding-right: 26px; }
.ikigai-picker .ikigai-facet .ikigai-box::after {
  border: solid var(--quiet);
  border-width: 0 1.5px 1.5px 0;
  content: "";
  height: 5px;
  pointer-events: none;
  position: absolute;
  right: 12px;
  top: calc(50% - 5px);
  transform: rotate(45deg);
  width: 5px;
}
.ikigai-picker .ikigai-narrows input { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 600; }
.ikigai-picker .ikigai-left { color: var(--quiet); font-variant-numeric: tabular-nums; margin: 0; min-width: max-content; }
.ikigai-picker .ikigai-popup {
  background: var(--theme-background, Canvas);
  border: 1px solid var(--line);
  border-radius: 6px;
  box-shadow: 0 6px 24px rgb(0 0 0 / 0.18);
  box-sizing: border-box;
  left: 0;
  position: absolute;
  right: 0;
  top: calc(100% + 4px);
  z-index: 10;
}
.ikigai-picker .ikigai-popup[hidden] { display: none; }
.ikigai-picker .ikigai-options {
  max-height: min(320px, 50vh);
  overflow-y: auto;
  overscroll-behavior: contain;
  position: relative;
}
.ikigai-picker .ikigai-space { position: relative; }
.ikigai-picker .ikigai-option {
  align-items: center;
  box-sizing: border-box;
  cursor: pointer;
  display: flex;
  gap: 8px;
  height: var(--row);
  left: 0;
  padding: 0 10px;
  position: absolute;
  right: 0;
}
.ikigai-picker .ikigai-option:hover { background: var(--theme-foreground-faintest, color-mix(in srgb, CanvasText 8%, Canvas)); }
.ikigai-picker .ikigai-active,
.ikigai-picker .ikigai-active:hover { background: color-mix(in oklab, var(--accent) 18%, var(--theme-background, Canvas)); }
.ikigai-picker [aria-selected="true"] { font-weight: 600; }
.ikigai-picker .ikigai-name { display: flex; flex: 1; min-width: 0; white-space: pre; }
.ikigai-picker .ikigai-head { overflow: hidden; text-overflow: ellipsis; }
.ikigai-picker .ikigai-tail { flex: none; max-width: 60%; overflow: hidden; }
.ikigai-picker mark { background: none; color: inherit; font-weight: 600; text-decoration: underline; text-underline-offset: 2px; }
.ikigai-picker .ikigai-detail { color: var(--quiet); flex: none; font-variant-numeric: tabular-nums; max-width: 45%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.ikigai-picker .ikigai-count { border-top: 1px solid var(--line); color: var(--quiet); font-size: 12px; margin: 0; max-width: none; padding: 6px 10px; }
@media print {
  .ikigai-picker .ikigai-popup, .ikigai-picker button { display: none; }
}
`;
