/** Addresses of a VS Code window in a browser. */
import type { Server } from './server';

export interface WindowOptions {
  /** The folder to open. */
  readonly folder: string;
  /** An extension's folder, run from there as it is. */
  readonly developedExtension?: string | undefined;
  /** A compiled test suite to run inside the extension host. */
  readonly testSuite?: string | undefined;
}

/** What to open in a browser for a window with this folder and this extension. */
export function windowAddress(server: Server, options: WindowOptions): string {
  const remote = (path: string): string => `vscode-remote://${server.authority}${encodeURI(path)}`;
  const payload = [
    ['skipWelcome', 'true'],
    ...(options.developedExtension === undefined
      ? []
      : [['extensionDevelopmentPath', remote(options.developedExtension)]]),
    ...(options.testSuite === undefined ? [] : [['extensionTestsPath', remote(options.testSuite)]]),
  ];
  const query = new URLSearchParams({ folder: options.folder, payload: JSON.stringify(payload) });
  return `${server.address}/?${query.toString()}`;
}
