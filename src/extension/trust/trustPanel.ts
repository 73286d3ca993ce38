import * as vscode from 'vscode';
import type { StudyKey } from '../../measures/expectations/studies';
import type { ImageReference } from '../../protocol/engine';
import {
  trustHostContract,
  trustPageContract,
  type TrustHostContract,
  type TrustPageContract,
  type Samples,
} from '../../protocol/trustPanel';
import type { ExtensionContextParts } from '../context';
import { PANELS } from '../ids';
import { checkImages, openHeatmapsAnswer, savedAs } from '../runPanel/answers';
import type { PanelKind } from '../runPanel/panelKind';
import { studyNow } from '../runPanel/studyNow';
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
            return {
              testImages: sets.test.count,
              trainImages: sets.train.count,
              samples: await samplesOf(shown),
              otherRuns: alike(shown, runStore.runs()).map(otherRun),
            };
          },
        },
      };
    },
  };
}

function titleOf(shown: string | undefined): string {
  return shown === undefined ? vscode.l10n.t('Trust in Heatmaps') : vscode.l10n.t('Trust in Heatmaps: {0}', shown);
}

async function samplesOf({ folder, studyFile }: RunSummary): Promise<Samples> {
  const [{ openRun }, { sampleOf }] = await Promise.all([import('../../runs'), import('../../study')]);
  const { study } = await studyNow(studyFile, (await openRun(folder)).study);
  const of = (key: StudyKey): number | null => sampleOf(study, key) ?? null;
  return {
    faithfulness: of('faithfulness'),
    sanity: of('sanity'),
    localisation: of('localisation'),
    focus: of('focus'),
    calibration: of('calibration'),
  };
}

/** Those whose heatmaps can be compared with the run's. */
function alike({ folder, architecture }: RunSummary, runs: readonly RunSummary[]): RunSummary[] {
  return runs.filter((run) => run.folder !== folder && run.architecture === architecture && run.checkpoints.length > 0);
}

function otherRun(run: RunSummary): { folder: string; text: string } {
  return { folder: run.folder, text: `${runName(run, 'full')} · ${stateText(run)}` };
}
