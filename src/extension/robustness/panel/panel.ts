/** One robustness panel: its page, and what the page may ask of the extension. */
import * as vscode from 'vscode';
import { CancelledError } from '../../../common/errors';
import type { Handlers } from '../../../protocol/contract';
import type { PanelSource } from '../../../protocol/heatmaps';
import { RequestError } from '../../../protocol/peer';
import {
  robustnessHostContract,
  robustnessPageContract,
  robustnessTitle,
  type RobustnessTab,
  type RobustnessView,
} from '../../../protocol/robustnessPanel';
import type { ExtensionContextParts } from '../../context';
import { askForImages } from '../../imageFiles';
import { runAction } from '../../runPanel/actions';
import { failureOf } from '../../runPanel/failureOf';
import type { RunPanel } from '../../runPanel/panels';
import { createViewFinder } from '../../runPanel/view';
import type { RunSummary } from '../../runs/runSummary';
import { isTrusted } from '../../training/trust';
import { connectPage } from '../../webview/connection';
import { saveRendered } from '../../webview/save';
import { requestOf } from '../commands';
import { sourceOf } from '../knowledge';
import { readStudyText } from '../studyFiles';
import type { RobustnessTests } from '../tests';
import { shownTests } from './shownTests';

export interface RobustnessPanel extends RunPanel {
  /** Shows a tab, and there one perturbation by its place, or all. */
  show(tab: RobustnessTab, entry: number | null): void;
}

/** Changes come in bursts: a store that is read, images that are counted. */
const UPDATE_MILLISECONDS = 150;

export function createRobustnessPanel(
  parts: ExtensionContextParts,
  tests: RobustnessTests,
  panel: vscode.WebviewPanel,
  initial: PanelSource,
): RobustnessPanel {
  const { context, engine, log } = parts;
  const finder = createViewFinder(parts);
  let source = initial;
  let shown: RobustnessView | undefined;
  const told = { view: '', tests: '' };
  let timer: NodeJS.Timeout | undefined;
  /** Asked for before the page was there to hear of it. */
  let asked: { tab: RobustnessTab; entry: number | null } | undefined;

  async function look(): Promise<RobustnessView> {
    const found = await finder.view(source);
    shown = found.kind === 'run' ? { ...found, trusted: vscode.workspace.isTrusted } : found;
    panel.title = robustnessTitle(shown);
    const run = finder.run(source);
    if (run !== undefined) tests.watch(run);
    return shown;
  }

  async function tellNews(): Promise<void> {
    const view = await look();
    // Of two that overlap, the one that was asked for what is now meant.
    if (view.source !== source) return;
    if (isNews('view', view)) connection.tell('view', view);
    await tellTests();
  }

  async function tellTests(): Promise<void> {
    const run = finder.run(source);
    if (run === undefined || shown?.kind !== 'run') return;
    const value = await shownTests(run, tests);
    if (isNews('tests', value)) connection.tell('tests', value);
    if (asked === undefined || !connection.connected) return;
    connection.tell('show', asked);
    asked = undefined;
  }

  function tellJob(run: string): void {
    const job = run === finder.run(source)?.folder ? tests.jobs(run)[0]?.progress : undefined;
    if (panel.visible && job !== undefined) connection.tell('job', { ...job, left: job.left ?? null });
  }

  function isNews(what: keyof typeof told, value: unknown): boolean {
    const text = JSON.stringify(value);
    const news = told[what] !== text;
    told[what] = text;
    return news;
  }

  function update(): void {
    if (!panel.visible) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void tellNews().catch((error: unknown) => log.error(String(error)));
    }, UPDATE_MILLISECONDS);
  }

  function setSource(next: PanelSource): void {
    source = next;
    update();
  }

  function currentRun(): RunSummary {
    const run = finder.run(source);
    if (shown?.kind !== 'run' || run?.folder !== shown.run)
      throw refused('The run is no longer the one that was shown.');
    return run;
  }

  const handlers: Handlers<typeof robustnessHostContract> = {
    async view() {
      const view = await look();
      isNews('view', view);
      told.tests = '';
      // After the answer, which says what these are of.
      setTimeout(() => void tellTests());
      return view;
    },
    async compute(params) {
      const run = currentRun();
      if (!(await isTrusted('Testing robustness'))) return { done: true };
      // Saves what is being typed: what is computed must be what the editor shows.
      if ((await requestOf(run)) === undefined) return { done: true };
      return tests.compute({ run, ...params }).finished.then(
        () => ({ done: true }),
        (error: unknown) => {
          if (error instanceof CancelledError) return { done: false };
          throw error;
        },
      );
    },
    cancel() {
      for (const job of tests.jobs(currentRun().folder)) job.cancel();
      return null;
    },
    async perturbed(params, { signal, progress }) {
      const run = currentRun();
      const files = new Set(source.files ?? []);
      for (const image of params.images) {
        if (image.kind === 'file' && !files.has(image.path)) throw refused(`${image.path} was not chosen.`);
      }
      const hasStudyFile = (await readStudyText(run.studyFile)) !== undefined;
      return engine.request('perturbed', { ...sourceOf(run, { hasStudyFile }), ...params }, { signal, progress });
    },
    choose({ run }) {
      setSource({ ...source, run });
      return null;
    },
    async chooseFiles({ files }) {
      const chosen = files === 'study' ? null : await askForImages('Images to test', 'Test Robustness');
      if (chosen !== undefined) setSource({ ...source, files: chosen });
      return null;
    },
    async save({ kind, tab }) {
      const study = shown?.kind === 'run' ? shown.studyName : 'study';
      const uri = await saveRendered({
        kind,
        name: `${study}-robustness${tab === 'image' ? '-image' : ''}`,
        title: kind === 'png' ? 'Save the figure' : 'Save the numbers',
        studyFile: finder.studyFile(source),
        render: async () => (await connection.request('render', { kind, tab })).bytes,
      });
      return { saved: uri === undefined ? null : vscode.workspace.asRelativePath(uri) };
    },
    async run({ action }) {
      if (action === 'manageTrust') await vscode.commands.executeCommand('workbench.trust.manage');
      else await runAction(action, { studyFile: finder.studyFile(source), run: finder.run(source) });
      return null;
    },
  };

  const connection = connectPage({
    ...{
      webview: panel.webview,
      extensionUri: context.extensionUri,
      name: 'robustness',
      title: 'EpochLens robustness',
    },
    ...{ host: robustnessHostContract, page: robustnessPageContract },
    handlers,
    complain: (text, error) => log.warn(error instanceof Error ? `${text}: ${error.stack ?? error.message}` : text),
    failureOf,
  });

  const subscriptions = [
    connection,
    parts.runStore.onDidChange(update),
    panel.onDidChangeViewState(update),
    tests.onDidChange(update),
    tests.onDidCount(tellJob),
    vscode.workspace.onDidSaveTextDocument(update),
    vscode.workspace.onDidGrantWorkspaceTrust(update),
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
    show(tab, entry) {
      asked = { tab, entry };
      update();
    },
  };
}

function refused(message: string): RequestError {
  return new RequestError({ reason: 'refused', message });
}
