/** A read-only editor for batch files of CIFAR-10 and CIFAR-100, which shows their images. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { DataSource } from '../../protocol/engine';
import type { GalleryView } from '../../protocol/gallery';
import type { ExtensionContextParts } from '../context';
import { PANELS } from '../ids';

/** A reloaded page restores its own state; the engine reads the file again from the start. */
export function registerBatchEditor(parts: ExtensionContextParts): vscode.Disposable {
  return vscode.window.registerCustomEditorProvider(
    PANELS.cifarBatch,
    {
      openCustomDocument: (uri: vscode.Uri): vscode.CustomDocument => ({ uri, dispose: () => undefined }),
      async resolveCustomEditor({ uri }: vscode.CustomDocument, panel: vscode.WebviewPanel) {
        const batch = await openBatch(uri, parts);
        const { connectGallery } = await import('./connectGallery');
        const connection = connectGallery(parts, panel, {
          title: batch.name,
          data: batch.data,
          view: () => batchView(parts, batch),
          save: () => {
            throw new Error('a batch file has no selection');
          },
          studyFile: undefined,
        });
        const again = async (): Promise<void> => {
          connection.tell('view', await batchView(parts, batch));
        };
        const watching = watch(uri, again);
        panel.onDidDispose(() => {
          watching.dispose();
          void batch.release();
        });
      },
    },
    // A diff view asks twice at once, once for each side.
    { supportsMultipleEditorsPerDocument: true },
  );
}

/** The bytes that an editor shows. */
interface Batch {
  /** A name that includes the version, where it is not the file on disk. */
  readonly name: string;
  /** The key of the page's kept state. Each version of a file has its own. */
  readonly file: string;
  readonly data: Extract<DataSource, { kind: 'batch' }>;
  /** The reason why the version cannot be read. */
  readonly problem?: string;
  readonly release: () => Promise<void>;
}

async function openBatch(uri: vscode.Uri, { context }: ExtensionContextParts): Promise<Batch> {
  const { copyVersion, removeCopy, versionName } = await import('./batchVersion');
  const name = versionName(uri);
  if (uri.scheme === 'file') {
    const data = { kind: 'batch' as const, file: uri.fsPath };
    return { name, file: uri.fsPath, data, release: () => Promise.resolve() };
  }
  const file = uri.toString();
  try {
    const copy = await copyVersion(uri, context.globalStorageUri.fsPath);
    return { name, file, data: { kind: 'batch', file: copy }, release: () => removeCopy(copy) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return { name, file, data: { kind: 'batch', file: '' }, problem, release: () => Promise.resolve() };
  }
}

/** A version other than the file on disk never changes, so it is not watched. */
function watch(uri: vscode.Uri, changed: () => Promise<void>): vscode.Disposable {
  if (uri.scheme !== 'file') return vscode.Disposable.from();
  const folder = vscode.Uri.joinPath(uri, '..');
  const pattern = new vscode.RelativePattern(folder, basename(uri.fsPath));
  const watcher = vscode.workspace.createFileSystemWatcher(pattern);
  return vscode.Disposable.from(watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed));
}

async function batchView({ engine }: ExtensionContextParts, batch: Batch): Promise<GalleryView> {
  const { name, file, data, problem } = batch;
  const failed = (message: string): GalleryView => {
    return {
      kind: 'failed',
      file,
      title: vscode.l10n.t('{0} cannot be shown', name),
      message,
      actions: ['refresh', 'showOutput'],
    };
  };
  if (problem !== undefined) return failed(problem);
  try {
    const dataset = await engine.request('dataset', { source: data });
    return { kind: 'ready', file, name, dataset, study: null, runs: [] };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // The title shows the file's name, because the path of the copy means nothing to a person.
    return failed(message.replace(` (${data.file})`, '').replace(basename(data.file), name));
  }
}
