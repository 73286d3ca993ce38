/** One panel about a run's checkpoints: what it is of, and what its page may ask of the extension whatever it shows. */
import * as vscode from 'vscode';
import type { Handlers } from '../../protocol/contract';
import type { ImageReference } from '../../protocol/engine';
import type { HeatmapView, PanelSource } from '../../protocol/heatmaps';
import { RequestError } from '../../protocol/peer';
import type { ExportKind, runPanelEvents, runPanelRequests, SetImage } from '../../protocol/runPanel';
import type { ExtensionContextParts } from '../context';
import { saveStudyImages } from '../gallery/saveStudyImages';
import { studyImages } from '../gallery/studyView';
import { COMMANDS } from '../ids';
import { saveRendered } from '../webview/save';
import { runAction } from './actions';
import type { RunPanel } from './panels';
import { createViewFinder } from './view';

export interface SessionOptions {
  readonly panel: vscode.WebviewPanel;
  readonly source: PanelSource;
  /** Of the panel: "Misclassified images". */
  readonly title: string;
  /** Of an exported file, after the study's name: "misclassified". */
  readonly fileName: string;
  /** The page's side of the channel. */
  readonly page: {
    tellView(view: HeatmapView): void;
    /** False where no page has loaded that could hear of it. */
    tellEpoch(epoch: number): boolean;
    render(kind: ExportKind): Promise<Uint8Array>;
  };
}

export interface RunSession extends RunPanel, vscode.Disposable {
  readonly handlers: Handlers<{ requests: typeof runPanelRequests; events: typeof runPanelEvents }>;
  /** The run that is shown. @throws RequestError where the page asks about another, or there is none */
  shownRun(asked?: string): string;
  /** @throws RequestError where the page asks for a file: it shows images of the data set */
  checkImages(images: readonly ImageReference[]): void;
  /** The person asks for this checkpoint. */
  showEpoch(epoch: number): void;
}

/** Changes come in bursts: a store that is read, a text that is typed. */
const UPDATE_MILLISECONDS = 150;

export function createSession(parts: ExtensionContextParts, options: SessionOptions): RunSession {
  const { panel, page } = options;
  const { engine, log, runStore } = parts;
  const finder = createViewFinder(parts);
  let source = options.source;
  /** The checkpoint that the page does not know of yet. */
  let asked: number | null = null;
  let shown: HeatmapView | undefined;
  let told = '';
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<HeatmapView> {
    const view = await finder.view(source);
    shown = view;
    panel.title = view.kind === 'run' ? `${options.title}: ${view.studyName}` : options.title;
    return view;
  }

  async function tellIfNew(): Promise<void> {
    const view = await look();
    // Of two that overlap, the one that was asked for what is now meant.
    if (view.source !== source) return;
    const text = JSON.stringify(view);
    if (text === told) return;
    told = text;
    page.tellView(view);
  }

  function update(): void {
    clearTimeout(timer);
    if (!panel.visible) return;
    timer = setTimeout(() => void tellIfNew().catch((error: unknown) => log.error(String(error))), UPDATE_MILLISECONDS);
  }

  function shownRun(folder?: string): string {
    if (shown?.kind === 'run' && (folder ?? shown.run) === shown.run) return shown.run;
    throw new RequestError({ reason: 'refused', message: 'The panel asked for another run than the one it shows.' });
  }

  function checkImages(images: readonly ImageReference[]): void {
    if (images.every(({ kind }) => kind === 'set')) return;
    throw new RequestError({ reason: 'refused', message: 'The panel asked for a file, and shows none.' });
  }

  function currentStudy(): string {
    const file = finder.studyFile(source);
    if (file !== undefined) return file;
    throw new RequestError({ reason: 'failed', message: 'There is no study file to write to.' });
  }

  async function addToStudy(image: SetImage): Promise<{ written: boolean }> {
    const file = currentStudy();
    const { images } = await studyImages(parts, file);
    const indices = [...new Set([...images[image.set], image.index])].sort((a, b) => a - b);
    return saveStudyImages(vscode.Uri.file(file), { ...images, [image.set]: indices });
  }

  const subscriptions = [
    runStore.onDidChange(update),
    panel.onDidChangeViewState(update),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.fsPath === finder.studyFile(source)) update();
    }),
  ];

  function setSource(next: PanelSource): void {
    source = next;
    update();
  }

  return {
    ...{ panel, shownRun, checkImages, setSource },
    get source() {
      return source;
    },
    get studyFile() {
      return finder.studyFile(source);
    },
    get run() {
      return finder.run(source)?.folder;
    },
    showEpoch(epoch) {
      asked = page.tellEpoch(epoch) ? null : epoch;
    },
    handlers: {
      async view() {
        const view = await look();
        told = JSON.stringify(view);
        const epoch = asked;
        asked = null;
        return { view, epoch };
      },
      explain(params, { signal, progress }) {
        shownRun(params.run);
        checkImages(params.images);
        return engine.request('explain', params, { signal, progress });
      },
      choose({ run }) {
        setSource({ ...source, run });
        return null;
      },
      async save({ kind }) {
        const uri = await saveRendered({
          kind,
          name: `${shown?.kind === 'run' ? shown.studyName : 'run'}-${options.fileName}`,
          title: kind === 'png' ? 'Save the figure' : 'Save the numbers',
          studyFile: finder.studyFile(source),
          render: () => page.render(kind),
        });
        return { saved: uri === undefined ? null : vscode.workspace.asRelativePath(uri) };
      },
      async openHeatmaps({ images }) {
        await vscode.commands.executeCommand(COMMANDS.openHeatmaps, { run: finder.run(source), images });
        return null;
      },
      addToStudy: ({ image }) => addToStudy(image),
      async run({ action }) {
        await runAction(action, { studyFile: finder.studyFile(source), run: finder.run(source) });
        return null;
      },
    },
    dispose() {
      clearTimeout(timer);
      vscode.Disposable.from(...subscriptions).dispose();
    },
  };
}
