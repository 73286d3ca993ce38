/** Cancels, holds and retries what a cluster has of a sweep, by the command line. */
import * as vscode from 'vscode';
import * as z from 'zod';
import type { TaskState } from '../../../cluster/taskProgress';
import type { CellProgress, SweepState } from '../../../sweeps/sweepState';
import { hostsOf } from '../clusterTask';
import type { SweepParts } from '../sweepParts';
import { cellName, progressText, whyText } from '../sweepText';
import { ofCells } from './options';
import { sweepCommand } from './sweepCommand';
import { submit } from './submit';

const anything = z.unknown();

/** Of a cluster and of this machine. @param ids of cells; undefined: all @throws CancelledError, WorkError */
export async function cancelAway(parts: SweepParts, state: SweepState, ids?: readonly string[]): Promise<void> {
  const title = vscode.l10n.t('Cancelling cells of {0}', state.studyName);
  await sweepCommand(parts, state, title, ['--cancel', ...(ids === undefined ? [] : ofCells(ids))], anything);
}

/** The tasks of cells that the study has no more. @throws InputError, WorkError where the scheduler does not answer */
export async function cancelStrays({ sweeps }: SweepParts, state: SweepState): Promise<void> {
  const { cancelTasks, leftAloneText } = await import('../../../cluster');
  const left = await cancelTasks(state.tasksWithoutCell ?? []);
  if (left.length > 0) void vscode.window.showInformationMessage(leftAloneText(left));
  await sweeps.reread(state.studyFile);
}

/** What waits there is held, and what runs goes on to its end. @throws as `cancelAway` */
export async function pauseAway(parts: SweepParts, state: SweepState): Promise<void> {
  await sweepCommand(parts, state, vscode.l10n.t('Holding cells of {0}', state.studyName), ['--pause'], anything);
}

/** What waits there and was held is let go; nothing is started. @throws InputError, WorkError */
export async function continueAway(state: SweepState): Promise<void> {
  const { leftAloneText, releaseTasks } = await import('../../../cluster');
  const left = await releaseTasks(
    state.cells.flatMap(({ task }) => (task !== undefined && WAITING.includes(task.state) ? [task] : [])),
  );
  if (left.length > 0) void vscode.window.showInformationMessage(leftAloneText(left));
}

const WAITING: readonly TaskState[] = ['queued', 'requeued'];

/** Submits cells again, each to where its task was, once the person has agreed. */
export async function retryAway(parts: SweepParts, state: SweepState, cells: readonly CellProgress[]): Promise<void> {
  for (const host of hostsOf(cells)) {
    const own = cells.filter(({ task }) => task?.host === host);
    const ids = own.map(({ cell }) => cell.id);
    await submit(parts, { state, ids, host, estimate: undefined, more: ['--retry'], reasons: reasonsOf(own) });
  }
}

/** "cutout, seed 3: out of memory. It ran out of memory on n2…"; of many, of the first and how many more. */
function reasonsOf([first, ...others]: readonly CellProgress[]): string {
  if (first === undefined) return '';
  const why = whyText(first);
  const text = `${cellName(first.cell)}: ${progressText(first)}${why === undefined ? '' : `. ${why}`}`;
  return others.length === 0 ? text : vscode.l10n.t('{0} And {1} more.', text, others.length);
}
