/** Opening one of CIFAR-10's binary files shows its images. Nothing in it can be changed. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { GalleryView } from '../../protocol/gallery';
import type { ExtensionContextParts } from '../context';
import { PANELS } from '../ids';

/** The page is loaded again with what it kept; the engine reads the file from the start. */
export function registerBatchEditor(parts: ExtensionContextParts): vscode.Disposable {
  return vscode.window.registerCustomEditorProvider(PANELS.cifarBatch, {
    openCustomDocument: (uri: vscode.Uri): vscode.CustomDocument => ({ uri, dispose: () => undefined }),
    async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel) {
      const { connectGallery } = await import('./connectGallery');
      const file = uri.fsPath;
      const connection = connectGallery(parts, panel.webview, {
        title: basename(file),
        data: { kind: 'batch', file },
        view: () => batchView(parts, file),
        save: () => {
          throw new Error('a batch file has no selection');
        },
        showHeatmaps: () => Promise.resolve(),
        run: (action) => {
          if (action === 'showOutput') parts.log.show();
          return Promise.resolve();
        },
      });
      const folder = vscode.Uri.joinPath(uri, '..');
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, basename(file)));
      const again = async (): Promise<void> => {
        connection.tell('view', await batchView(parts, file));
      };
      const owned = vscode.Disposable.from(connection, watcher, watcher.onDidChange(again), watcher.onDidCreate(again));
      panel.onDidDispose(() => {
        owned.dispose();
      });
    },
  });
}

async function batchView({ engine }: ExtensionContextParts, file: string): Promise<GalleryView> {
  const name = basename(file);
  try {
    const dataset = await engine.request('dataset', { source: { kind: 'batch', file } });
    return { kind: 'ready', file, name, dataset, study: null, runs: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', file, title: `${name} cannot be shown`, message, actions: ['refresh', 'showOutput'] };
  }
}
