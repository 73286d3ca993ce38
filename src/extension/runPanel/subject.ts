/** What a panel shows, found out again whenever it may have changed. */
import * as vscode from 'vscode';
import type { PanelSource, PanelView } from '../../protocol/panelView';
import type { ExtensionContextParts } from '../context';
import type { BoundPanel } from './panelKind';
import { onDidChangeAppearance } from './appearance';
import { createViewFinder, type FoundView } from './view';

export interface Subject
  extends Pick<BoundPanel, 'source' | 'studyFile' | 'run' | 'view' | 'setSource' | 'update'>, vscode.Disposable {
  /** Finds out what there is to show now. */
  look(): Promise<PanelView>;
}

export interface SubjectOptions {
  readonly panel: vscode.WebviewPanel;
  readonly source: PanelSource;
  readonly title: (view: FoundView) => string;
  /** Called after each look. */
  readonly onLook: (view: PanelView) => Promise<void>;
}

/** Changes come in bursts: a store that is read, a text that is typed, images that are counted. */
const UPDATE_MILLISECONDS = 150;

export function createSubject(parts: ExtensionContextParts, options: SubjectOptions): Subject {
  const { panel, title, onLook } = options;
  const finder = createViewFinder(parts);
  let source = options.source;
  let view: PanelView | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<PanelView> {
    const found = await finder.view(source);
    view = { ...found, title: title(found) };
    panel.title = view.title;
    return view;
  }

  async function lookAgain(): Promise<void> {
    const found = await look();
    // If two looks overlap, the later request counts.
    if (found.source === source) await onLook(found);
  }

  function update(): void {
    if (!panel.visible) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void lookAgain().catch((error: unknown) => parts.log.error(String(error)));
    }, UPDATE_MILLISECONDS);
  }

  function ofStudy({ fsPath }: vscode.Uri): void {
    if (fsPath === finder.studyFile(source)) update();
  }

  const subscriptions = vscode.Disposable.from(
    // Changed on the disk by another program, with no editor open on it.
    parts.runStore.onDidChangeFile((uri) => uri && ofStudy(uri)),
    parts.runStore.onDidChange(update),
    panel.onDidChangeViewState(update),
    onDidChangeAppearance(update),
    vscode.workspace.onDidGrantWorkspaceTrust(update),
    vscode.workspace.onDidChangeTextDocument(({ document }) => ofStudy(document.uri)),
  );

  return {
    look,
    update,
    get source() {
      return source;
    },
    get studyFile() {
      return finder.studyFile(source);
    },
    get run() {
      return finder.run(source);
    },
    get view() {
      return view;
    },
    setSource(next) {
      source = next;
      update();
    },
    dispose() {
      clearTimeout(timer);
      subscriptions.dispose();
    },
  };
}
