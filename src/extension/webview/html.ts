import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { ASK_AGAIN } from './askAgain';
import { escapeHtml } from './escape';

export interface PageSource {
  readonly extensionUri: vscode.Uri;
  /** The name of the page: `dist/webview/NAME.js`, with `dist/webview/NAME.css`. */
  readonly name: string;
  readonly title: string;
}

/** The folders that a page may load files from. */
export function resourceRoots({ extensionUri }: PageSource): vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')];
}

/**
 * The document of a panel. Its policy allows scripts by nonce, one style sheet, and pictures that the page makes
 * itself.
 */
export function pageHtml(webview: vscode.Webview, source: PageSource): string {
  const nonce = randomBytes(16).toString('base64url');
  const file = (extension: string): string => {
    const [root] = resourceRoots(source) as [vscode.Uri];
    return webview.asWebviewUri(vscode.Uri.joinPath(root, `${source.name}.${extension}`)).toString();
  };
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<script nonce="${nonce}">${ASK_AGAIN}</script>
<link rel="stylesheet" href="${file('css')}">
<title>${escapeHtml(source.title)}</title>
</head>
<body>
<script nonce="${nonce}" src="${file('js')}"></script>
</body>
</html>`;
}
