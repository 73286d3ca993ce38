/** The report's look: on paper and on screen, light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --heat: 0.5; --ink: #1f2328; --muted: #59636e; --line: #d1d9e0; --paper: #fff; --soft: #f6f8fa; --right: #1a7f37; --wrong: #c93c37; --side: 88px; --shade: rgb(0 0 0 / 0.22); }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --muted: #9198a1; --line: #3d444d; --paper: #0d1117; --soft: #151b23; --right: #3fb950; --wrong: #f85149; --shade: rgb(255 255 255 / 0.3); } }
* { box-sizing: border-box; }
html { scroll-padding-top: 64px; }
body { font: 15px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 0 auto; max-width: 1120px; padding: 32px 24px 64px; counter-reset: figure table section; }
h1 { font-size: 30px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.01em; }
h2 { font-size: 21px; line-height: 1.3; margin: 48px 0 12px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
h2::before { counter-increment: section; content: counter(section) '  '; color: var(--muted); font-weight: 400; }
h3 { font-size: 17px; margin: 28px 0 8px; }
p, ul { max-width: 78ch; } .muted, .note, .absent { color: var(--muted); } header p.muted { margin: 0; }
.note, .absent { font-size: 14px; border-left: 3px solid var(--line); padding-left: 12px; }
a { color: inherit; text-decoration-color: var(--muted); text-underline-offset: 3px; }
code { font: 0.92em ui-monospace, monospace; } .hash { overflow-wrap: anywhere; }
.summary { margin: 20px 0; } .summary .name { font-weight: 600; margin: 12px 0 0; } .summary ul { margin: 4px 0; padding-left: 20px; } .summary li { margin: 3px 0; }
nav ol { display: flex; flex-wrap: wrap; gap: 4px 20px; list-style: none; counter-reset: entry; padding: 0; margin: 20px 0 0; font-size: 14px; }
nav li::before { counter-increment: entry; content: counter(entry) ' '; color: var(--muted); }
.controls { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 32px; margin-top: 20px; padding: 8px 0; background: var(--paper); border-bottom: 1px solid var(--line); font-size: 13px; }
.bar { display: flex; align-items: center; gap: 8px; margin: 0; } .bar img { width: 160px; height: 10px; border-radius: 2px; }
.controls label { display: flex; align-items: center; gap: 8px; }
.scroll { overflow-x: auto; scrollbar-width: thin; background: linear-gradient(to right, var(--paper) 50%, transparent) left / 32px 100% no-repeat local, linear-gradient(to left, var(--paper) 50%, transparent) right / 32px 100% no-repeat local, linear-gradient(to right, var(--shade), transparent) left / 12px 100% no-repeat scroll, linear-gradient(to left, var(--shade), transparent) right / 12px 100% no-repeat scroll; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.numbers { font-size: 13.5px; margin: 16px 0; }
.numbers th, .numbers td { padding: 4px 8px; text-align: right; border-bottom: 1px solid var(--line); vertical-align: baseline; }
.numbers td { white-space: nowrap; } .numbers small { display: inline-block; max-width: 18ch; white-space: normal; line-height: 1.3; color: var(--muted); font-size: 0.82em; } .numbers .bounds { white-space: nowrap; }
.words td, .words thead th { text-align: left; } .numbers .group th { text-align: left; font-weight: 600; padding-top: 12px; }
.numbers thead th { font-weight: 600; vertical-align: bottom; } .numbers tbody th { font-weight: 400; }
.numbers th:first-child, .numbers thead td:first-child { text-align: left; padding-left: 0; } .numbers th[scope="colgroup"] { text-align: center; border-left: 1px solid var(--line); }
.numbers thead tr:last-child th { border-bottom-color: var(--muted); }
caption, figcaption { text-align: left; text-wrap: pretty; font-size: 13.5px; line-height: 1.45; color: var(--muted); max-width: min(90ch, 100vw - 64px); }
caption { position: sticky; left: 0; padding: 0 0 6px; } caption::before { counter-increment: table; content: 'Table ' counter(table) '. '; color: var(--ink); font-weight: 600; }
figure { margin: 20px 0 28px; } figcaption { margin-top: 8px; } figcaption::before { counter-increment: figure; content: 'Figure ' counter(figure) '. '; color: var(--ink); font-weight: 600; }
.charts { display: flex; flex-wrap: wrap; gap: 16px; } .chart { flex: 1 1 420px; max-width: 528px; background: #fff; border: 1px solid var(--line); border-radius: 6px; padding: 8px; }
.chart svg { display: block; width: 100%; height: auto; }
.legend { display: flex; flex-wrap: wrap; justify-content: center; gap: 0 18px; list-style: none; margin: 0 0 4px; padding: 0; max-width: none; font-size: 12.5px; color: #333; } .legend span { display: inline-block; width: 22px; margin-right: 6px; vertical-align: middle; }
.grid td, .grid th { text-align: center; padding: 5px 6px; vertical-align: top; font-size: 13px; } .grid thead th { font-weight: 600; vertical-align: bottom; }
.grid th:first-child { text-align: left; vertical-align: middle; padding-left: 0; padding-right: 14px; } .grid td.settled { vertical-align: middle; color: var(--muted); white-space: nowrap; }
.picture { position: relative; width: var(--side); height: var(--side); margin: 0 auto; }
.picture img { position: absolute; inset: 0; width: 100%; height: 100%; border-radius: 3px; }
.picture .pixels { image-rendering: pixelated; } .picture .heat { opacity: var(--heat); }
.caption { font-size: 12px; line-height: 1.35; margin-top: 3px; white-space: nowrap; color: var(--muted); }
.right { color: var(--right); } .wrong { color: var(--wrong); }
details summary { cursor: pointer; } pre { font: 12.5px/1.45 ui-monospace, monospace; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; padding: 10px 12px; overflow: auto; max-height: 60vh; white-space: pre-wrap; overflow-wrap: anywhere; }
.references { padding-left: 20px; font-size: 14px; } .references li { overflow-wrap: anywhere; } li:target { background: var(--soft); } h4 { font-size: 15px; margin: 20px 0 6px; }
dl.methods { grid-template-columns: minmax(9em, 14em) minmax(0, 78ch); row-gap: 8px; } .methods dt { overflow-wrap: anywhere; }
@media (max-width: 640px) { dl, dl.methods { grid-template-columns: minmax(0, 1fr); } }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; font-size: 14px; } dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
@page { size: A4; margin: 14mm; }
@media print {
  :root { --ink: #000; --paper: #fff; --muted: #444; --line: #bbb; --right: #1a7f37; --wrong: #c93c37; --side: 19mm; color-scheme: light; }
  body { font-size: 10.5pt; padding: 0; max-width: none; } .controls { position: static; border: 0; padding: 0; } .controls label, nav { display: none; }
  * { print-color-adjust: exact; }
  h1, h2, h3, caption { break-after: avoid; } tr, .chart, figure, figcaption, li { break-inside: avoid; } figcaption { break-before: avoid; } thead { display: table-header-group; }
  .scroll { overflow: visible; background: none; } .numbers { font-size: 7.5pt; } .numbers td { white-space: normal; } .legend { font-size: 7pt; } .numbers th, .numbers td { padding: 2px 4px; } caption, figcaption { font-size: 8.5pt; } .note, .absent, .muted { font-size: 9pt; }
  .grid td, .grid th { padding: 2px 3px; font-size: 8pt; } .grid th:first-child { padding-right: 6px; } .caption { font-size: 7pt; }
  pre { max-height: none; overflow: visible; font-size: 8pt; } dl { font-size: 9pt; } details:not([open])::details-content { content-visibility: visible; }
  .charts { flex-wrap: nowrap; } .chart { flex: 1 1 0; min-width: 0; } .picture img { break-inside: avoid; }
}
`;
