/**
 * The document of a report's panel: the report's own page under its own policy and a stricter one, with a bar of
 * buttons, in the theme's colours. This file does not import `vscode`.
 */
import { randomBytes } from 'node:crypto';
import { escapeHtml } from '../webview/escape';

export interface Button {
  readonly action: 'openExternally' | 'makeAgain';
  readonly text: string;
}

export interface PanelPage {
  /** The report's path, which the page keeps so that its panel comes back. */
  readonly file: string;
  readonly language: string;
  readonly buttons: readonly Button[];
  /** The bar's name for screen readers. */
  readonly barName: string;
}

/**
 * @param report a whole page as `epochlens report` writes it
 * @param trusted whether scripts that the report's own policy allows may run: else only those of the panel do
 */
export function reportPage(report: string, page: PanelPage, trusted: boolean): string {
  const bar = `<div class="epochlens-bar" role="toolbar" aria-label="${escapeHtml(page.barName)}">${buttons(page)}</div>`;
  return report
    .replace(/<head\b[^>]*>/i, (head) => `${head}\n${panelHead(page, trusted ? scriptHashes(report) : [])}`)
    .replace(/<body\b[^>]*>/i, (body) => `${body}\n${bar}`);
}

/** Shown in place of a report. */
export function messagePage(title: string, text: string, page: PanelPage): string {
  return `<!DOCTYPE html>
<html lang="${escapeHtml(page.language)}">
<head>
<meta charset="utf-8">
${panelHead(page, [])}
<title>${escapeHtml(title)}</title>
</head>
<body class="epochlens-message">
<main>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(text)}</p>
<div class="epochlens-bar">${buttons(page)}</div>
</main>
</body>
</html>`;
}

/** Whether a file is a whole report. */
export function isReport(text: string): boolean {
  return /^\s*<!doctype html>/i.test(text) && POLICY.test(text) && /<body\b/i.test(text) && /<\/html>\s*$/i.test(text);
}

const POLICY = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/;

/** The scripts that the report's policy names by their hashes. */
function scriptHashes(report: string): string[] {
  const policy = POLICY.exec(report)?.[1]?.replaceAll('&#39;', "'") ?? '';
  const scripts = policy.split(';').find((directive) => directive.trim().startsWith('script-src ')) ?? '';
  return scripts.match(/'sha256-[A-Za-z0-9+/]+=*'/g) ?? [];
}

/** Stands before the report's own policy, which would refuse its style sheet and its script. */
function panelHead({ file }: PanelPage, hashes: readonly string[]): string {
  const nonce = randomBytes(16).toString('base64url');
  const policy = [
    "default-src 'none'",
    'img-src data:',
    "style-src 'unsafe-inline'",
    ['script-src', `'nonce-${nonce}'`, ...hashes].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<meta http-equiv="Content-Security-Policy" content="${policy}">
<style>${STYLE}</style>
<script nonce="${nonce}" data-file="${escapeHtml(file)}">${SCRIPT}</script>`;
}

function buttons({ buttons: all }: PanelPage): string {
  return all.map(({ action, text }) => `<button data-action="${action}">${escapeHtml(text)}</button>`).join('');
}

/** Sends what is pressed, keeps the place, and finds it again. */
const SCRIPT = `
const api = acquireVsCodeApi();
const { file } = document.currentScript.dataset;
const kept = api.getState();
const keep = () => api.setState({ file, scroll: scrollY });
addEventListener('DOMContentLoaded', () => {
  if (kept?.file === file) scrollTo(0, kept.scroll ?? 0);
  keep();
});
addEventListener('scrollend', keep);
addEventListener('click', ({ target }) => {
  const action = target instanceof Element && target.closest('[data-action]')?.dataset.action;
  if (action) api.postMessage({ action });
});
`;

/** The report's colours by its own names, and the panel's buttons. */
const STYLE = `
body.vscode-light, body.vscode-high-contrast-light { color-scheme: light; }
body.vscode-dark, body.vscode-high-contrast { color-scheme: dark; }
body[class] { --ink: var(--vscode-editor-foreground); --muted: var(--vscode-descriptionForeground); --line: var(--vscode-contrastBorder, var(--vscode-widget-border, #8884)); --paper: var(--vscode-editor-background); --soft: var(--vscode-textCodeBlock-background); }
.epochlens-bar { display: flex; flex-wrap: wrap; gap: 8px; justify-content: flex-end; }
.epochlens-bar button { font: 13px var(--vscode-font-family); color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); border: 1px solid var(--vscode-contrastBorder, transparent); border-radius: 2px; padding: 4px 11px; cursor: pointer; }
.epochlens-bar button:hover { background: var(--vscode-button-secondaryHoverBackground); }
.epochlens-bar button:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
.epochlens-message main { max-width: 60ch; margin: 15vh auto 0; text-align: center; font: 13px/1.5 var(--vscode-font-family); overflow-wrap: anywhere; }
.epochlens-message h1 { font-size: 18px; font-weight: 600; }
.epochlens-message .epochlens-bar { justify-content: center; margin-top: 16px; }
`;
