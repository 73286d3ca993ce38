import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { askAgain, scriptText } from './askAgain';
import { escapeHtml } from './escape';

export interface PageSource {
  readonly extensionUri: vscode.Uri;
  /** The name of the page: the module `dist/webview/NAME.js`, with `dist/webview/NAME.css`. */
  readonly name: string;
  readonly title: string;
}

/** The folders that a page may load files from. */
export function resourceRoots({ extensionUri }: PageSource): vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')];
}

/**
 * The document of a panel. Its policy allows scripts by nonce, which their imports inherit, one style sheet, and
 * pictures that the page makes itself.
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
  const refusal = vscode.l10n.t('VS Code does not serve the files of this page. Close it and open it again.');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<script nonce="${nonce}">${askAgain(refusal)}</script>
<link rel="stylesheet" href="${file('css')}">
<title>${escapeHtml(source.title)}</title>
</head>
<body>
${translations(nonce)}
<script type="module" nonce="${nonce}" src="${file('js')}"></script>
</body>
</html>`;
}

/** The sentences of VS Code's language, which the page reads before it makes anything. English ones are in the code. */
function translations(nonce: string): string {
  const { bundle } = vscode.l10n;
  if (bundle === undefined) return '';
  return `<script type="application/json" id="l10n" nonce="${nonce}">${scriptText(bundle)}</script>`;
}
