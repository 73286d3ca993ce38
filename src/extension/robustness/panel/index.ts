/** The robustness panel's commands. Schemas are loaded with the first panel. */
import * as vscode from 'vscode';
import type { PanelSource } from '../../../protocol/heatmaps';
import { registerCommand, showError } from '../../commands/registerCommand';
import type { ExtensionContextParts } from '../../context';
import { COMMANDS, PANELS } from '../../ids';
import { imagesOf } from '../../imageFiles';
import type { Panels } from '../../runPanel/panels';
import { hasCheckpoints, newestRun, NO_CHECKPOINTS, sayNoImage, sayNoRun, sourceOf } from '../../runPanel/source';
import { pickRun } from '../../runs/pick';
import { perturbationOf } from '../commands';
import type { RobustnessTests } from '../tests';
import type { RobustnessPanel } from './panel';

export function registerRobustnessPanel(parts: ExtensionContextParts, tests: RobustnessTests): vscode.Disposable {
  let loading: Promise<Panels<RobustnessPanel>> | undefined;
  const panels = (): Promise<Panels<RobustnessPanel>> => (loading ??= load(parts, tests));
  const showImages = async (source: Omit<PanelSource, 'follows'>): Promise<void> => {
    (await panels()).show({ ...source, follows: false }).show('image', null);
  };
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.showRobustness, async (target) => {
      const source = await sourceOf(parts, target);
      if (source === undefined) return;
      const number = perturbationOf(target);
      (await panels()).show(source).show('tests', number === undefined ? null : number - 1);
    }),
    registerCommand(parts, COMMANDS.testRobustness, async (target, others) => {
      const files = imagesOf(target, others);
      const run = newestRun(parts);
      if (files.length === 0) sayNoImage('EpochLens');
      else if (run === undefined) await sayNoRun();
      else await showImages({ studyFile: run.studyFile, run: null, files });
    }),
    registerCommand(parts, COMMANDS.testRobustnessForRun, async (target, others) => {
      const files = imagesOf(target, others);
      if (files.length === 0) {
        sayNoImage('EpochLens');
        return;
      }
      const options = { placeHolder: 'The checkpoints of which run?', none: NO_CHECKPOINTS, only: hasCheckpoints };
      const run = await pickRun({}, parts.runStore, options);
      if (run !== undefined) await showImages({ studyFile: run.studyFile, run: run.folder, files });
    }),
    vscode.window.registerWebviewPanelSerializer(PANELS.robustness, {
      async deserializeWebviewPanel(panel, state) {
        try {
          (await panels()).restore(panel, state);
        } catch (error) {
          void showError(parts.log, error);
        }
      },
    }),
  );
}

async function load(parts: ExtensionContextParts, tests: RobustnessTests): Promise<Panels<RobustnessPanel>> {
  const [{ createPanels }, { createRobustnessPanel }] = await Promise.all([
    import('../../runPanel/panels'),
    import('./panel'),
  ]);
  return createPanels(parts, {
    ...{ viewType: PANELS.robustness, title: 'Robustness', icon: 'robustness' },
    create: (panel, source) => createRobustnessPanel(parts, tests, panel, source),
  });
}
