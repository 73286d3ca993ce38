/** Whether a task needs anything more of its scheduler. */
import type { SeenFile, SeenTask } from '../seenFile';
import type { TaskFile } from '../taskFile';
import { endOf } from './states';

/** What is known of a task beside its run folder. */
export interface KnownTask {
  /** What it says of itself; undefined before it has begun. */
  readonly word: TaskFile | undefined;
  /** What the scheduler said last of the job that it is in now. */
  readonly seen: (SeenTask & { readonly at: string }) | undefined;
}

/** Of so much a task's clock and this one may differ, and so long a task may speak on that was told to end. */
const AFTER_END_MILLISECONDS = 60_000;

/**
 * @param job the scheduler's number of the array
 * @param seen of the whole job
 */
export function knownTask(
  job: string | null,
  index: number,
  word: TaskFile | undefined,
  seen: SeenFile | undefined,
): KnownTask {
  const said = seen?.tasks[String(index)];
  if (seen === undefined || said === undefined) return { word, seen: undefined };
  const { at = seen.at, job: of } = said;
  return { word, seen: (of ?? null) === jobOf(job, word) ? { ...said, at } : undefined };
}

/** The scheduler's number of the job that the task is in, or waits in: a chained one where a job may not be requeued. */
export function jobOf(job: string | null, word: TaskFile | undefined): string | null {
  if (word === undefined) return job;
  return word.state === 'requeued' && word.chained !== undefined ? word.chained : word.jobId;
}

/**
 * The number of a job whose submission was cut short, by what its tasks say of themselves; undefined where none has begun.
 * Of a job that follows another the number is the larger.
 */
export function numberByTasks(words: readonly (TaskFile | undefined)[]): string | undefined {
  const numbers = words.flatMap((word) => (/^\d+$/.test(word?.jobId ?? '') ? [Number(word?.jobId)] : []));
  return numbers.length === 0 ? undefined : String(Math.min(...numbers));
}

/** Whether it was begun again, by whomever, after the scheduler had said that it is over. */
export function isBegunAgain({ word, seen }: KnownTask): boolean {
  if (word === undefined || seen === undefined) return false;
  if (seen.turn !== undefined) return word.startedAt !== seen.turn;
  return Date.parse(word.startedAt) - Date.parse(seen.at) > AFTER_END_MILLISECONDS;
}

/** It has ended, by its own word or the scheduler's. */
export function isSettled(known: KnownTask): boolean {
  if (known.word?.state === 'ended') return true;
  return known.seen !== undefined && endOf(known.seen.state) !== undefined && !isBegunAgain(known);
}
