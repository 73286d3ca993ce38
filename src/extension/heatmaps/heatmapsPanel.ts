import { readdir } from 'node:fs/promises';
import type * as vscode from 'vscode';
import {
  heatmapHostContract,
  heatmapPageContract,
  heatmapsTitle,
  type HeatmapHostContract,
  type HeatmapPageContract,
} from '../../protocol/heatmaps';
import type { ExportKind } from '../../protocol/runPanel';
import type { ExtensionContextParts } from '../context';
import { PANELS } from '../ids';
import { chooseFilesAnswer, explainAnswer, savedAs } from '../runPanel/answers';
import type { Exported, PanelKind, RunPanel } from '../runPanel/panelKind';
import { runPaths } from '../../runs/paths';

export type HeatmapPanel = RunPanel<HeatmapHostContract, HeatmapPageContract>;

export function heatmapKind(parts: ExtensionContextParts): PanelKind<HeatmapHostContract, HeatmapPageContract> {
  return {
    viewType: PANELS.heatmaps,
    name: 'heatmaps',
    title: heatmapsTitle,
    host: heatmapHostContract,
    page: heatmapPageContract,
    begin(panel) {
      void parts.runStore.ready.then(() => prepareEngine(parts.engine, panel.run?.folder));
      return {
        answers: {
          save: ({ kind }) => savedAs(panel, exportedHeatmaps(panel, kind)),
          chooseFiles: chooseFilesAnswer(panel, { title: 'Images to lay heatmaps over', button: 'Show Grad-CAM' }),
          explain: explainAnswer(parts, panel),
          follow({ follows }) {
            panel.setSource({ ...panel.source, follows });
            return null;
          },
        },
      };
    },
  };
}

/** @param target the person is asked if it is absent */
export function exportedHeatmaps(panel: HeatmapPanel, kind: ExportKind, target?: vscode.Uri): Exported {
  const render = () => panel.page.request('render', { kind });
  return { kind, name: 'heatmaps', numbersTitle: 'Save the raw values', target, render };
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
