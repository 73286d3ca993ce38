/** The gallery of a study's data set. A study has one panel, which is shown again on a second request. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { galleryStateSchema } from '../../protocol/gallery';
import { STUDY_SUFFIX } from '../../study/fileName';
import type { ExtensionContextParts } from '../context';
import { PANELS } from '../ids';
import { setPanelStudy } from '../runs/panelStudies';
import { adoptPanel, openPanel, type PanelFrame } from '../webview/frame';
import { connectGallery } from './connectGallery';
import { saveStudyImages } from './saveStudyImages';
import { datasetText, runsOf, studyImages, studyView } from './studyView';

const FRAME: PanelFrame = { viewType: PANELS.gallery, name: 'gallery' };
const panels = new Map<string, vscode.WebviewPanel>();

export function openGallery(parts: ExtensionContextParts, file: string): void {
  const open = panels.get(file);
  if (open !== undefined) {
    open.reveal();
    return;
  }
  show(parts, openPanel(parts, FRAME, titleOf(file)), file);
}

/** Restores panels after the window was reloaded. A panel whose page kept no state is closed. */
export function restoreGallery(parts: ExtensionContextParts, panel: vscode.WebviewPanel, state: unknown): void {
  const kept = galleryStateSchema.safeParse(state);
  if (!kept.success || panels.has(kept.data.file)) {
    panel.dispose();
    return;
  }
  adoptPanel(parts, FRAME, panel);
  show(parts, panel, kept.data.file);
}

function show(parts: ExtensionContextParts, panel: vscode.WebviewPanel, file: string): void {
  const uri = vscode.Uri.file(file);
  panels.set(file, panel);
  setPanelStudy(panel, () => file);
  let dataset = '';
  const connection = connectGallery(parts, panel, {
    title: titleOf(file),
    data: { kind: 'study', file },
    async view() {
      dataset = await datasetText(uri);
      return studyView(parts, file);
    },
    save: (images) => saveStudyImages(uri, images),
    studyFile: file,
  });

  /** The study file was written by this panel, in an editor, or by another program. */
  async function follow(): Promise<void> {
    const now = await datasetText(uri);
    if (now !== dataset) {
      dataset = now;
      connection.tell('view', await studyView(parts, file));
      return;
    }
    connection.tell('study', await studyImages(parts, file));
  }
  const followQuietly = (): void => {
    if (connection.connected) follow().catch((error: unknown) => parts.log.warn(`${file}: ${String(error)}`));
  };
  let runs = '';
  const owned = vscode.Disposable.from(
    parts.runStore.onDidChangeFile((changed) => {
      if (changed?.fsPath === file) followQuietly();
    }),
    // A page belongs to one file, so a renamed study gets a new page.
    parts.runStore.onDidMoveStudy(({ from, to }) => {
      if (from !== file) return;
      panel.dispose();
      openGallery(parts, to);
    }),
    // Covers files that the watcher does not see, because `files.watcherExclude` names their folder.
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (document.uri.scheme === 'file' && document.uri.fsPath === file) followQuietly();
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) followQuietly();
    }),
    parts.runStore.onDidChange(() => {
      const now = runsOf(parts, file);
      if (JSON.stringify(now) === runs) return;
      runs = JSON.stringify(now);
      connection.tell('runs', now);
    }),
  );
  panel.onDidDispose(() => {
    panels.delete(file);
    owned.dispose();
  });
}

function titleOf(file: string): string {
  return vscode.l10n.t('Gallery: {0}', basename(file, STUDY_SUFFIX));
}
