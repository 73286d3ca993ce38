/** The report's look: on paper and on screen, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --heat: 0.5; --ink: #1f2328; --muted: #59636e; --line: #d1d9e0; --paper: #fff; --right: #1a7f37; --wrong: #c93c37; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --muted: #9198a1; --line: #3d444d; --paper: #0d1117; --right: #3fb950; --wrong: #f85149; } }
* { box-sizing: border-box; }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto; max-width: 1360px; padding: 24px; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 36px 0 8px; }
p { max-width: 75ch; } .muted { color: var(--muted); }
table { border-collapse: collapse; } th, td { padding: 4px 12px; text-align: right; border-bottom: 1px solid var(--line); font-variant-numeric: tabular-nums; }
th { font-weight: 600; } th:first-child, td:first-child { text-align: left; }
.scroll { overflow-x: auto; }
.charts { display: flex; flex-wrap: wrap; gap: 16px; } h2 + .charts { margin-bottom: 16px; } .charts > div { background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: 8px; }
.charts svg { display: block; max-width: 100%; height: auto; }
.grid td, .grid th { text-align: center; padding: 6px; border: 0; vertical-align: top; } .grid th:first-child { text-align: left; vertical-align: middle; }
.picture { position: relative; width: 96px; height: 96px; margin: 0 auto; }
.caption { white-space: nowrap; }
.picture img { position: absolute; inset: 0; width: 100%; height: 100%; border-radius: 3px; }
.picture .pixels { image-rendering: pixelated; } .picture .heat { opacity: var(--heat); }
.caption { font-size: 12px; line-height: 1.35; margin-top: 3px; } .right { color: var(--right); } .wrong { color: var(--wrong); }
.bar { display: flex; align-items: center; gap: 8px; font-size: 13px; } .bar img { width: 180px; height: 12px; border-radius: 2px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; } dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
@media print { :root { --ink: #000; --paper: #fff; --muted: #444; } .controls { display: none; } body { padding: 0; } tr, .charts > div { break-inside: avoid; } }
`;
