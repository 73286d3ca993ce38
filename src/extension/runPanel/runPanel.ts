/** One panel bound to runs: its page, and the messages in both directions. */
import * as vscode from 'vscode';
import type { Contract, Handlers } from '../../protocol/contract';
import type { PanelSource, PanelView } from '../../protocol/panelView';
import { RequestError } from '../../protocol/peer';
import type { RunPanelHost, runPanelRequests } from '../../protocol/runPanel';
import type { ExtensionContextParts } from '../context';
import { setPanelStudy } from '../runs/panelStudies';
import { connectPanel } from '../webview/connectPanel';
import { saveRendered } from '../webview/save';
import { runAction } from './actions';
import type { PanelKind, RunPanel } from './panelKind';
import { createSubject } from './subject';
import { createPageMessages } from './pageMessages';
import { networkMapOf } from './networkMapOf';
import { writeExplanation } from './writeExplanation';

export function createRunPanel<Host extends RunPanelHost, Page extends Contract>(
  parts: ExtensionContextParts,
  kind: PanelKind<Host, Page>,
  webviewPanel: vscode.WebviewPanel,
  source: PanelSource,
): RunPanel<Host, Page> {
  const { log, runStore } = parts;
  const title = kind.title(undefined);
  const telling = createPageMessages(() => page);
  const subject = createSubject(parts, {
    panel: webviewPanel,
    source,
    title: kind.title,
    async onLook(view) {
      telling.ifNew('view', view);
      telling.sendPending();
      await own.afterView?.();
    },
  });

  /** The page has just been loaded. */
  async function firstView(): Promise<PanelView> {
    const view = await subject.look();
    telling.loaded(view);
    // Sent before the answer, so that the page requests first what is wanted first.
    telling.sendPending();
    setTimeout(() => void own.afterView?.().catch((error: unknown) => log.error(String(error))));
    return view;
  }

  const panel: RunPanel<Host, Page> = {
    webviewPanel,
    setSource: subject.setSource,
    update: subject.update,
    sendIfNew: telling.ifNew,
    get source() {
      return subject.source;
    },
    get studyFile() {
      return subject.studyFile;
    },
    get run() {
      return subject.run;
    },
    get view() {
      return subject.view;
    },
    get page() {
      return page;
    },
    show(next) {
      telling.setPending(next);
      subject.update();
    },
    shownRun(asked) {
      const { view } = subject;
      const run = view?.kind === 'run' && (asked ?? view.run) === view.run ? runStore.find(view.run) : undefined;
      if (run !== undefined) return run;
      throw new RequestError({
        reason: 'refused',
        message: vscode.l10n.t('The panel asked for another run than the one it shows.'),
      });
    },
    save({ kind: format, name, numbersTitle = vscode.l10n.t('Save the numbers'), target, render }) {
      const { view, studyFile } = subject;
      return saveRendered({
        kind: format,
        studyFile,
        target,
        name: `${view?.kind === 'run' ? view.studyName : 'run'}-${name}`,
        title: format === 'png' ? vscode.l10n.t('Save the figure') : numbersTitle,
        render: async () => (await render()).bytes,
      });
    },
  };

  const common: Handlers<{ requests: typeof runPanelRequests; events: Record<string, never> }> = {
    view: firstView,
    choose({ run }) {
      subject.setSource({ ...subject.source, run });
      return null;
    },
    networkMap: ({ run }) => networkMapOf(panel.shownRun(run).folder),
    useInStudy: (explanation) => writeExplanation(subject.studyFile, explanation),
    async run({ action }) {
      await runAction(action, { studyFile: subject.studyFile, run: subject.run });
      return null;
    },
  };
  const own = kind.begin(panel);
  const page = connectPanel(parts, webviewPanel, {
    name: kind.name,
    title,
    host: kind.host,
    page: kind.page,
    // Together these handlers answer the kind's contract, which TypeScript cannot check for a generic contract.
    handlers: { ...common, ...own.answers } as unknown as Handlers<Host>,
  });
  setPanelStudy(webviewPanel, () => subject.studyFile);
  webviewPanel.onDidDispose(() => {
    for (const owned of [subject, ...(own.subscriptions ?? [])]) owned.dispose();
  });
  return panel;
}
