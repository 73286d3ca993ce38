import * as vscode from 'vscode';
import { isReportedError } from '../../common/errors';
import type { SweepState } from '../../sweeps/sweepState';
import type { Log } from '../log';
import { isAway } from './clusterTask';

/** Asks schedulers how their tasks are while sweeps have some that are not over. */
export interface SchedulerWatch extends vscode.Disposable {
  /** These are the sweeps, as they were read just now. */
  watch(states: readonly SweepState[]): void;
}

/** After the window was opened, so that nothing is asked while it begins. */
const FIRST_MILLISECONDS = 5000;

/**
 * What it says comes into the jobs' files, at most once a minute for all windows. An untrusted workspace asks nobody: its
 * files say which host. @param onNews called where it has said anything new
 */
export function createSchedulerWatch(log: Log, onNews: () => void): SchedulerWatch {
  let folders: readonly string[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isFirst = true;
  let isOver = false;

  function warn(error: unknown): false {
    log.warn(isReportedError(error) ? error.message : `The scheduler was not asked: ${String(error)}`);
    return false;
  }

  /** What goes wrong of one keeps nobody from the others. */
  async function ask(): Promise<void> {
    const { lookAtScheduler } = await import('../../cluster/scheduler/lookAtScheduler');
    let isNew = false;
    for (const folder of folders) isNew = (await lookAtScheduler(folder).catch(warn)) || isNew;
    if (isNew) onNews();
  }

  async function plan(): Promise<void> {
    const { intervalMilliseconds } = await import('../../cluster/scheduler/times');
    const interval = intervalMilliseconds();
    if (isOver) return;
    timer = setTimeout(
      () => {
        void ask()
          .catch(warn)
          .then(() => (timer = undefined))
          .then(next);
      },
      isFirst ? Math.min(FIRST_MILLISECONDS, interval) : interval,
    );
    isFirst = false;
  }

  let isPlanned = false;
  function next(): void {
    if (isOver || timer !== undefined || isPlanned || folders.length === 0 || !vscode.workspace.isTrusted) return;
    isPlanned = true;
    void plan().finally(() => (isPlanned = false));
  }

  return {
    watch(states) {
      const hasTasks = ({ cells, tasksWithoutCell = [] }: SweepState): boolean =>
        cells.some(isAway) || tasksWithoutCell.length > 0;
      folders = states.filter(hasTasks).map(({ folder }) => folder);
      next();
    },
    dispose() {
      isOver = true;
      clearTimeout(timer);
    },
  };
}
