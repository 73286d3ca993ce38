import * as vscode from 'vscode';
import type { ImageReference } from '../../protocol/engine';
import {
  trustHostContract,
  trustPageContract,
  type TrustHostContract,
  type TrustPageContract,
} from '../../protocol/trustPanel';
import type { ExtensionContextParts } from '../context';
import { PANELS } from '../ids';
import { checkImages, openHeatmapsAnswer, savedAs } from '../runPanel/answers';
import type { PanelKind } from '../runPanel/panelKind';
import { shownText } from '../runPanel/title';
import { runName } from '../runs/runName';
import type { RunSummary } from '../runs/runSummary';
import { stateText } from '../runs/runText';

export function trustKind({
  engine,
  runStore,
}: ExtensionContextParts): PanelKind<TrustHostContract, TrustPageContract> {
  return {
    viewType: PANELS.trust,
    name: 'trust',
    title: (view) => titleOf(shownText(view)),
    host: trustHostContract,
    page: trustPageContract,
    begin(panel) {
      /** @throws RequestError where the page asks about a run or a file that the panel does not show */
      const check = ({ run, images }: { readonly run: string; readonly images?: readonly ImageReference[] }): void => {
        panel.shownRun(run);
        checkImages(panel, images ?? []);
      };
      return {
        answers: {
          save: ({ kind, tab }) =>
            savedAs(panel, { kind, name: tab, render: () => panel.page.request('render', { kind, tab }) }),
          openHeatmaps: openHeatmapsAnswer(panel),
          faithfulness(params, asked) {
            check(params);
            return engine.request('faithfulness', params, asked);
          },
          sanity(params, asked) {
            check(params);
            return engine.request('sanity', params, asked);
          },
          agreement(params, asked) {
            check(params);
            return engine.request('agreement', params, asked);
          },
          localisation(params, asked) {
            panel.shownRun(params.run);
            return engine.request('localisation', params, asked);
          },
          calibration(params, asked) {
            panel.shownRun(params.run);
            return engine.request('calibration', params, asked);
          },
          async choices() {
            const shown = panel.shownRun();
            const source = { kind: 'run', folder: shown.folder } as const;
            const { sets } = await engine.request('dataset', { source });
            return { testImages: sets.test.count, otherRuns: alike(shown, runStore.runs()).map(otherRun) };
          },
        },
      };
    },
  };
}

function titleOf(shown: string | undefined): string {
  return shown === undefined ? vscode.l10n.t('Trust in Heatmaps') : vscode.l10n.t('Trust in Heatmaps: {0}', shown);
}

/** Those whose heatmaps can be compared with the run's. */
function alike({ folder, architecture }: RunSummary, runs: readonly RunSummary[]): RunSummary[] {
  return runs.filter((run) => run.folder !== folder && run.architecture === architecture && run.checkpoints.length > 0);
}

function otherRun(run: RunSummary): { folder: string; text: string } {
  return { folder: run.folder, text: `${runName(run, 'full')} · ${stateText(run)}` };
}
