/** One heatmap panel: its page, and what the page may ask of the extension. */
import * as vscode from 'vscode';
import {
  heatmapHostContract,
  heatmapPageContract,
  panelTitle,
  type ExportKind,
  type HeatmapView,
  type PanelSource,
} from '../../protocol/heatmaps';
import type { Handlers } from '../../protocol/contract';
import { RequestError } from '../../protocol/peer';
import type { ExtensionContextParts } from '../context';
import { runAction } from '../runPanel/actions';
import { failureOf } from '../runPanel/failureOf';
import type { RunPanel } from '../runPanel/panels';
import { createViewFinder } from '../runPanel/view';
import { connectPage } from '../webview/connection';
import { askForImages } from '../imageFiles';
import { saveRendered } from '../webview/save';

export interface HeatmapPanel extends RunPanel {
  /** Something may have changed: looks, and tells the page if so. */
  update(): void;
  /** @returns where it was saved, or undefined where the person decided against it */
  save(kind: ExportKind, target?: vscode.Uri): Promise<vscode.Uri | undefined>;
  copy(): Promise<void>;
}

/** Changes come in bursts: a store that is read, a text that is typed. */
const UPDATE_MILLISECONDS = 150;

export function createHeatmapPanel(
  parts: ExtensionContextParts,
  panel: vscode.WebviewPanel,
  initial: PanelSource,
): HeatmapPanel {
  const { context, engine, log } = parts;
  const finder = createViewFinder(parts);
  let source = initial;
  let shown: HeatmapView | undefined;
  let told = '';
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<HeatmapView> {
    const view = await finder.view(source);
    shown = view;
    panel.title = panelTitle(view);
    return view;
  }

  async function tellIfNew(): Promise<void> {
    const view = await look();
    // Of two that overlap, the one that was asked for what is now meant.
    if (view.source !== source) return;
    const text = JSON.stringify(view);
    if (text === told) return;
    told = text;
    connection.tell('view', view);
  }

  function update(): void {
    clearTimeout(timer);
    if (!panel.visible) return;
    timer = setTimeout(() => void tellIfNew().catch((error: unknown) => log.error(String(error))), UPDATE_MILLISECONDS);
  }

  function setSource(next: PanelSource): void {
    source = next;
    update();
  }

  const handlers: Handlers<typeof heatmapHostContract> = {
    async view() {
      const view = await look();
      told = JSON.stringify(view);
      return view;
    },
    async explain(params, { signal, progress }) {
      if (shown?.kind !== 'run' || params.run !== shown.run) throw refused('another run than the one shown');
      const files = new Set(source.files ?? []);
      for (const image of params.images) {
        if (image.kind === 'file' && !files.has(image.path))
          throw refused(`an image that was not chosen: ${image.path}`);
      }
      return engine.request('explain', params, { signal, progress });
    },
    choose({ run, follows }) {
      setSource({ ...source, ...(run === undefined ? {} : { run }), ...(follows === undefined ? {} : { follows }) });
      return null;
    },
    async chooseFiles({ files }) {
      const chosen = files === 'study' ? null : await askForImages('Images to lay heatmaps over', 'Show Grad-CAM');
      if (chosen !== undefined) setSource({ ...source, files: chosen, images: undefined });
      return null;
    },
    async save({ kind }) {
      const uri = await save(kind);
      return { saved: uri === undefined ? null : vscode.workspace.asRelativePath(uri) };
    },
    async run({ action }) {
      await runAction(action, { studyFile: finder.studyFile(source), run: finder.run(source) });
      return null;
    },
  };

  const connection = connectPage({
    webview: panel.webview,
    extensionUri: context.extensionUri,
    name: 'heatmaps',
    title: 'EpochLens heatmaps',
    host: heatmapHostContract,
    page: heatmapPageContract,
    handlers,
    complain: (text, error) => log.warn(error instanceof Error ? `${text}: ${error.stack ?? error.message}` : text),
    failureOf,
  });

  function save(kind: ExportKind, target?: vscode.Uri): Promise<vscode.Uri | undefined> {
    const name = shown?.kind === 'run' ? shown.studyName : 'heatmaps';
    const render = async (): Promise<Uint8Array> => (await connection.request('render', { kind })).bytes;
    const title = kind === 'png' ? 'Save the figure' : 'Save the raw values';
    const studyFile = finder.studyFile(source);
    return saveRendered({ kind, name: `${name}-heatmaps`, title, studyFile, target, render });
  }

  const subscriptions = [
    connection,
    parts.runStore.onDidChange(update),
    panel.onDidChangeViewState(update),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.fsPath === finder.studyFile(source)) update();
    }),
  ];
  panel.onDidDispose(() => {
    clearTimeout(timer);
    vscode.Disposable.from(...subscriptions).dispose();
  });

  return {
    panel,
    get source() {
      return source;
    },
    get studyFile() {
      return finder.studyFile(source);
    },
    get run() {
      return finder.run(source)?.folder;
    },
    setSource,
    update,
    save,
    async copy() {
      panel.reveal(undefined, false);
      await connection.request('copy', {});
    },
  };
}

function refused(message: string): RequestError {
  return new RequestError({ reason: 'refused', message: `The panel asked for ${message}.` });
}
