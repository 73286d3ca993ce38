import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import type { ExtensionContextParts } from '../context';
import type { CoreParts } from '../coreParts';
import { COMMANDS } from '../ids';

const commands = () => import('./commands');

/** Weights from elsewhere as runs, and checkpoints and numbers for elsewhere. */
export function registerWeights(parts: CoreParts & Pick<ExtensionContextParts, 'engine'>): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.importCheckpoints, async (target) =>
      (await commands()).importCheckpointsCommand(parts, target),
    ),
    registerCommand(parts, COMMANDS.exportWeights, async (target) =>
      (await commands()).exportWeightsCommand(parts, target),
    ),
    registerCommand(parts, COMMANDS.writeTensorboard, async (target) =>
      (await commands()).writeTensorboardCommand(parts, target),
    ),
    registerCommand(parts, COMMANDS.measureAccuracy, async (target) => {
      const { measureAccuracyCommand } = await import('./measureAccuracy');
      await measureAccuracyCommand(parts, target);
    }),
  );
}
