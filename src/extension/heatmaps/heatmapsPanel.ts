import { readdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import {
  heatmapHostContract,
  heatmapPageContract,
  type HeatmapHostContract,
  type HeatmapPageContract,
} from '../../protocol/heatmaps';
import type { ExportKind } from '../../protocol/runPanel';
import type { ExtensionContextParts } from '../context';
import { PANELS } from '../ids';
import { chooseFilesAnswer, explainAnswer, savedAs } from '../runPanel/answers';
import type { Exported, PanelKind, RunPanel } from '../runPanel/panelKind';
import { shownText } from '../runPanel/title';
import { otherRunOf } from './otherRun';
import { runPaths } from '../../runs/paths';

export type HeatmapPanel = RunPanel<HeatmapHostContract, HeatmapPageContract>;

export function heatmapKind(parts: ExtensionContextParts): PanelKind<HeatmapHostContract, HeatmapPageContract> {
  return {
    viewType: PANELS.heatmaps,
    name: 'heatmaps',
    title: (view) => titleOf(shownText(view)),
    host: heatmapHostContract,
    page: heatmapPageContract,
    begin(panel) {
      /** The run that the panel's own is compared with, once the page has asked for it. */
      let other: string | undefined;
      const explain = explainAnswer(parts, panel, (run) => run === other);
      void parts.runStore.ready.then(() => prepareEngine(parts.engine, panel.run?.folder));
      return {
        answers: {
          save: ({ kind }) => savedAs(panel, exportedHeatmaps(panel, kind)),
          chooseFiles: chooseFilesAnswer(panel, {
            title: vscode.l10n.t('Images to lay heatmaps over'),
            button: vscode.l10n.t('Show Heatmaps'),
          }),
          explain,
          async otherRun({ run }) {
            const answer = await otherRunOf(parts, panel, run);
            other = run;
            return answer;
          },
          follow({ follows }) {
            panel.setSource({ ...panel.source, follows });
            return null;
          },
        },
      };
    },
  };
}

function titleOf(shown: string | undefined): string {
  return shown === undefined ? vscode.l10n.t('Heatmaps') : vscode.l10n.t('Heatmaps: {0}', shown);
}

/** @param target the person is asked if it is absent */
export function exportedHeatmaps(panel: HeatmapPanel, kind: ExportKind, target?: vscode.Uri): Exported {
  const render = () => panel.page.request('render', { kind });
  return { kind, name: 'heatmaps', numbersTitle: vscode.l10n.t('Save the raw values'), target, render };
}

/**
 * Starts TensorFlow in the engine process where the run has no heatmaps that are kept: then some will be computed at
 * once. It is half a second of a processor and some hundred megabytes, which a panel that shows what is kept does
 * without, and whoever opens no panel.
 * @param run its folder, where there is a run to show
 */
async function prepareEngine(engine: ExtensionContextParts['engine'], run: string | undefined): Promise<void> {
  if (run === undefined) return;
  const kept = await readdir(runPaths(run).results).catch((): string[] => []);
  if (kept.some((name) => name.startsWith('heatmaps-'))) return;
  // What is wrong with it is told to whoever asks for something.
  await engine.request('engine', {}).catch(() => undefined);
}
