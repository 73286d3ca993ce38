/** What a cell's row says. */
import * as l10n from '@vscode/l10n';
import { durationText } from '../../src/common/duration';
import type { ShownCell, ShownState, ShownSweep, ShownTaskState } from '../../src/protocol/sweepPanel';

export function stateText(state: ShownState): string {
  switch (state) {
    case 'new':
      return l10n.t('not trained yet');
    case 'queued':
      return l10n.t('queued');
    case 'training':
      return l10n.t('training');
    case 'testing':
      return l10n.t('testing');
    case 'done':
      return l10n.t('done');
    case 'failed':
      return l10n.t('failed');
    case 'cancelled':
      return l10n.t('cancelled');
    case 'interrupted':
      return l10n.t('interrupted');
  }
}

/** By its task on a cluster, where that says more than the cell's own state. */
export function cellStateText({ state, task }: Pick<ShownCell, 'state' | 'task'>): string {
  const telling = task?.state ?? undefined;
  return telling === undefined ? stateText(state) : taskStateText(telling);
}

function taskStateText(state: ShownTaskState): string {
  switch (state) {
    case 'requeued':
      return l10n.t('requeued');
    case 'timedOut':
      return l10n.t('timed out');
    case 'outOfMemory':
      return l10n.t('out of memory');
    case 'nodeFailed':
      return l10n.t('node failed');
    case 'preempted':
      return l10n.t('preempted');
    case 'lost':
      return l10n.t('lost');
  }
}

/** "Slurm on login, task 1234_5, node n2, begun anew twice"; empty of a cell that was never handed over. */
export function taskText({ task }: Pick<ShownCell, 'task'>): string {
  if (task === null) return '';
  const parts = [
    task.host === null ? 'Slurm' : l10n.t('Slurm on {0}', task.host),
    task.id === null ? '' : l10n.t('task {0}', task.id),
    task.node === null ? '' : l10n.t('node {0}', task.node),
    task.restarts === 0
      ? ''
      : task.restarts === 1
        ? l10n.t('begun anew once')
        : l10n.t('begun anew {0} times', task.restarts),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Whether it waits for a process of this machine, of which only such cells have an order. */
export function waitsHere({ state, task }: Pick<ShownCell, 'state' | 'task'>): boolean {
  return state === 'queued' && task?.isAway !== true;
}

/** "epoch 3 of 20", or how many epochs it had; empty before there is one. */
export function epochText({ state, epoch, epochs }: ShownCell): string {
  if (epoch === null || state === 'new' || state === 'queued') return '';
  return epochs === null ? l10n.t('epoch {0}', epoch) : l10n.t('epoch {0} of {1}', epoch, epochs);
}

export function leftText({ secondsLeft, state }: ShownCell): string {
  return secondsLeft === null || !isPending(state) ? '' : l10n.t('{0} left', durationText(secondsLeft));
}

/** "cutout, seed 3" */
export function cellName({ recipe, seed }: ShownCell): string {
  return l10n.t('{0}, seed {1}', recipe, seed);
}

export function isPending(state: ShownState): boolean {
  return state === 'queued' || isRunning(state);
}

export function isRunning(state: ShownState): boolean {
  return state === 'training' || state === 'testing';
}

/** Whether a person can ask for its training: it is neither there nor under way. */
export function canAdd(state: ShownState): boolean {
  return state === 'new' || canRetry(state);
}

export function canRetry(state: ShownState): boolean {
  return state === 'failed' || state === 'cancelled' || state === 'interrupted';
}

export interface Counts {
  readonly all: number;
  readonly done: number;
  readonly running: number;
  readonly queued: number;
  readonly failed: number;
}

export function countsOf(cells: readonly Pick<ShownCell, 'state'>[]): Counts {
  const counts = { all: cells.length, done: 0, running: 0, queued: 0, failed: 0 };
  for (const { state } of cells) {
    if (state === 'done' || state === 'queued' || state === 'failed') counts[state]++;
    else if (isRunning(state)) counts.running++;
  }
  return counts;
}

/** "12 of 30 done, 2 running, 15 queued, 1 failed" */
export function countsText({ all, done, running, queued, failed }: Counts): string {
  return [
    l10n.t('{0} of {1} done', done, all),
    running > 0 ? l10n.t('{0} running', running) : '',
    queued > 0 ? l10n.t('{0} queued', queued) : '',
    failed > 0 ? l10n.t('{0} failed', failed) : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** Whether anybody works on what is wanted of it, here or on a cluster. */
export function isGoing({ cells, runner }: Pick<ShownSweep, 'cells' | 'runner'>): boolean {
  return (
    (runner !== null && cells.some(({ state }) => isPending(state))) || cells.some(({ task }) => task?.isAway === true)
  );
}

/** "with Slurm", where that has all that goes on; "Slurm: 2 running, 4 queued"; empty where no cluster has anything. */
export function awayText({ cells }: Pick<ShownSweep, 'cells'>): string {
  const away = cells.filter(({ task }) => task?.isAway === true);
  if (away.length === 0) return '';
  if (away.length === cells.filter(({ state }) => isPending(state)).length) return l10n.t('with Slurm');
  const running = away.filter(({ state }) => isRunning(state)).length;
  const waiting = away.length - running;
  const parts = [running > 0 ? l10n.t('{0} running', running) : '', waiting > 0 ? l10n.t('{0} queued', waiting) : ''];
  return `Slurm: ${parts.filter((part) => part !== '').join(', ')}`;
}

/** Whether anything of it could be trained here: what a cluster has, nobody else takes up. */
export function isLeftHere({ cells }: Pick<ShownSweep, 'cells'>): boolean {
  return cells.some(({ state, task }) => state !== 'done' && task?.isAway !== true);
}

/** What the sweep as a whole does now: how long it still takes, or what it waits for. */
export function standText(sweep: ShownSweep): string {
  const { cells, paused, runner, secondsLeft } = sweep;
  const pending = cells.some(({ state }) => isPending(state));
  if (!pending) return '';
  if (paused)
    return cells.some(({ state }) => isRunning(state))
      ? l10n.t('Paused: what runs goes on to its end.')
      : l10n.t('Paused');
  if (!isGoing(sweep)) return l10n.t('Nothing runs it: Run Sweep goes on where it stopped.');
  const left = secondsLeft === null ? '' : l10n.t('{0} left', durationText(secondsLeft));
  return [left, runner?.waiting ?? '', awayText(sweep)].filter((part) => part !== '').join(' · ');
}

/** "2 tasks of Slurm are of cells that the study has no more: 7_0, 7_1" */
export function straysText(strays: ShownSweep['strays']): string {
  return strays.length === 1
    ? l10n.t('Task {0} of Slurm is of a cell that the study has no more.', strays[0] ?? '')
    : l10n.t('{0} tasks of Slurm are of cells that the study has no more: {1}.', strays.length, strays.join(', '));
}
