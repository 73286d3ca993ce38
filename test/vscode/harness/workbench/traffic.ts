/** What the window's pages complain about, and where they go: a webview is to load nothing from elsewhere. */
import type { Page } from 'playwright-core';

export interface Traffic {
  /** Errors on the browser's console since the window was opened, refusals by a content security policy among them. */
  readonly errors: () => string[];
  /** Addresses that a webview has asked for and that are neither the server's nor VS Code's own for local files. */
  readonly foreign: () => string[];
}

export function watchTraffic(page: Page): Traffic {
  const errors: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    // A service worker's requests belong to no frame.
    if (request.serviceWorker() !== null || request.frame() === page.mainFrame()) return;
    const { protocol, host } = new URL(request.url());
    const own = host === new URL(page.url()).host || host.endsWith('.vscode-resource.vscode-cdn.net');
    if (!own && protocol !== 'data:' && protocol !== 'blob:') foreign.push(request.url());
  });
  return { errors: () => [...errors], foreign: () => [...foreign] };
}
