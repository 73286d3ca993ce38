/** Sweeps: the commands on them and their cells, the panel, and a message when one ends. */
import * as vscode from 'vscode';
import { registerCommand } from '../commands/registerCommand';
import { COMMANDS, PANELS } from '../ids';
import { restorePanels } from '../webview/frame';
import { notifyAboutSweeps } from './notifications';
import type { SweepParts } from './sweepParts';

const changes = () => import('./changes');

export function registerSweep(parts: SweepParts): vscode.Disposable {
  return vscode.Disposable.from(
    registerCommand(parts, COMMANDS.runSweep, async (target) =>
      (await import('./runSweep')).runSweepCommand(parts, target),
    ),
    registerCommand(parts, COMMANDS.runSweepOn, async (target) =>
      (await import('./cluster/runSweepOn')).runSweepOnCommand(parts, target),
    ),
    registerCommand(parts, COMMANDS.openTaskLog, async (target) =>
      (await import('./cluster/openTaskLog')).openTaskLogCommand(parts, target),
    ),
    registerCommand(parts, COMMANDS.pauseSweep, async (target) => (await changes()).pauseCommand(parts, target, true)),
    registerCommand(parts, COMMANDS.continueSweep, async (target) =>
      (await changes()).pauseCommand(parts, target, false),
    ),
    registerCommand(parts, COMMANDS.cancelSweep, async (target) => (await changes()).cancelSweepCommand(parts, target)),
    registerCommand(parts, COMMANDS.retrySweep, async (target) => (await changes()).retryCommand(parts, target)),
    registerCommand(parts, COMMANDS.trainCell, async (target) => (await changes()).trainCellCommand(parts, target)),
    registerCommand(parts, COMMANDS.moveCellUp, async (target) => (await changes()).moveCellCommand(parts, target, -1)),
    registerCommand(parts, COMMANDS.moveCellDown, async (target) =>
      (await changes()).moveCellCommand(parts, target, 1),
    ),
    registerCommand(parts, COMMANDS.cancelCell, async (target) => (await changes()).cancelCellCommand(parts, target)),
    registerCommand(parts, COMMANDS.retryCell, async (target) => (await changes()).retryCellCommand(parts, target)),
    registerCommand(parts, COMMANDS.showSweepLog, async (target) =>
      (await import('./openSweepLog')).openSweepLog(parts, target),
    ),
    registerCommand(parts, COMMANDS.showSweep, async (target) =>
      (await import('./sweepPanel')).showSweep(parts, target),
    ),
    restorePanels(parts, PANELS.sweep, async (panel, state) => {
      await parts.runStore.ready;
      (await import('./sweepPanel')).restoreSweep(parts, panel, state);
    }),
    notifyAboutSweeps(parts),
  );
}
