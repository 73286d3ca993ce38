/** Why a task is told to stop: Slurm writes that into the task's log, on its node, before it sends the signal. */

/** 'begunAnew': the scheduler begins it again by itself, or has ended it to make room. */
export type ToldToStop = 'cancelled' | 'timeIsUp' | 'begunAnew';

/** "slurmstepd-n1: error: *** JOB 26 ON n1 CANCELLED AT 2026-11-30T13:26:30 DUE TO TIME LIMIT ***" */
const LINE = /\*\*\* (?:JOB|STEP) \S+ ON \S+ CANCELLED AT \S+(?: DUE TO ([A-Z ]+))?/g;

const CAUSES: Readonly<Record<string, ToldToStop>> = {
  'TIME LIMIT': 'timeIsUp',
  PREEMPTION: 'begunAnew',
  'JOB REQUEUE': 'begunAnew',
  'NODE FAILURE': 'begunAnew',
};

/**
 * The last that is said; undefined where nothing is. A line without a cause is of whoever cancels it, and of a preemption
 * that gives it time: ask the scheduler, where it answers, before you rely on that.
 * @param text of the log, what this turn of the task has added
 */
export function toldIn(text: string): ToldToStop | undefined {
  const last = [...text.matchAll(LINE)].at(-1);
  if (last === undefined) return undefined;
  return CAUSES[(last[1] ?? '').trim()] ?? 'cancelled';
}
