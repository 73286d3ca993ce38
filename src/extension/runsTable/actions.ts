/** What the menu of a row does in VS Code, by the commands that the view "Runs" has. */
import * as vscode from 'vscode';
import type { RowAction } from '../../protocol/runsTable';
import { COMMANDS, type CommandId } from '../ids';
import type { RunStore } from '../runs/runStore';

const BY_ACTION: Readonly<Record<RowAction, CommandId>> = {
  heatmaps: COMMANDS.openHeatmaps,
  metrics: COMMANDS.showMetrics,
  robustness: COMMANDS.showRobustness,
  attention: COMMANDS.showAttention,
  settings: COMMANDS.compareRuns,
  compareHeatmaps: COMMANDS.compareHeatmaps,
  whatChanged: COMMANDS.whatChanged,
  rename: COMMANDS.renameRun,
  note: COMMANDS.editNote,
  pin: COMMANDS.pinRun,
  unpin: COMMANDS.unpinRun,
  reveal: COMMANDS.revealRun,
  log: COMMANDS.openLog,
  study: COMMANDS.openStudy,
};

/** Runs that are gone since are left out. */
export async function rowAction(
  runStore: Pick<RunStore, 'find'>,
  action: RowAction,
  folders: readonly string[],
): Promise<void> {
  const nodes = folders.flatMap((folder) => runStore.find(folder) ?? []).map((run) => ({ run }));
  const [first] = nodes;
  if (first === undefined) return;
  const target = action === 'metrics' ? { runs: nodes.map(({ run }) => run.folder) } : first;
  await vscode.commands.executeCommand(BY_ACTION[action], target, nodes);
}
