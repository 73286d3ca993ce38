/** The robustness panel's commands. Schemas are loaded with the first panel. */
import * as vscode from 'vscode';
import { registerCommand } from '../../commands/registerCommand';
import type { ExtensionContextParts } from '../../context';
import { COMMANDS, PANELS } from '../../ids';
import { registerImageCommands, registerPanels } from '../../runPanel/register';
import { meansAttacks, perturbationOf } from '../commands';
import type { RobustnessTests } from '../tests';

export function registerRobustnessPanel(parts: ExtensionContextParts, tests: RobustnessTests): vscode.Disposable {
  const panels = registerPanels(parts, PANELS.robustness, async () =>
    (await import('./robustnessPanel')).robustnessKind(parts, tests),
  );
  return vscode.Disposable.from(
    panels,
    registerCommand(parts, COMMANDS.showRobustness, async (target) => {
      const number = perturbationOf(target);
      (await panels.show(target))?.show({
        tab: meansAttacks(target) ? 'attacks' : 'tests',
        entry: number === undefined ? null : number - 1,
      });
    }),
    registerImageCommands(parts, {
      newest: COMMANDS.testRobustness,
      chosen: COMMANDS.testRobustnessForRun,
      what: 'EpochLens',
      show: async (source) => (await panels.load()).show(source).show({ tab: 'image', entry: null }),
    }),
  );
}
