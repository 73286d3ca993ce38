/** The one way to change what people want of a sweep, whoever they are. */
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { InputError } from '../common/errors';
import { makeFolder } from '../common/folders';
import { keepWholeOutOfGit, lockRun, type RunLock } from '../runs';
import { readJson, writeJson } from '../common/jsonFile';
import { emptyQueue, queueFileSchema, type QueueFile } from './queueFile';
import { sweepPaths } from './sweepPaths';

export type QueueChange =
  /** At the end of the queue; what was cancelled is wanted again. */
  | { readonly add: readonly string[] }
  /** These come first, in this order. Those that are not queued are left out. */
  | { readonly order: readonly string[] }
  | { readonly paused: boolean }
  /** Their trainings are stopped, or not started. */
  | { readonly cancel: readonly string[] }
  /** They are done with, however that ended. */
  | { readonly done: readonly string[] }
  | { readonly jobs: number | null }
  | { readonly engine: QueueFile['engine'] };

/** Undefined where nobody has asked for anything yet, or the file is not ours. @param folder see `sweepFolder` */
export function readQueue(folder: string): Promise<QueueFile | undefined> {
  return readJson(sweepPaths(folder).queue, queueFileSchema);
}

/**
 * Changes queue.json as it is at this moment, so that no change is lost. The file is made where it is absent.
 * @param studyFile absolute
 * @throws WorkError where it cannot be written
 */
export async function changeQueue(folder: string, studyFile: string, ...changes: QueueChange[]): Promise<QueueFile> {
  await makeFolder(folder);
  await keepWholeOutOfGit(dirname(dirname(folder)));
  const lock = await waitForLock(sweepPaths(folder).queueLock);
  try {
    const before = (await readQueue(folder)) ?? emptyQueue(studyFile);
    const queue = changes.reduce(changed, { ...before, studyFile });
    await writeJson(sweepPaths(folder).queue, queue);
    return queue;
  } finally {
    await lock.release();
  }
}

/** What a queue is after a change. */
export function changed(queue: QueueFile, change: QueueChange): QueueFile {
  if ('add' in change) {
    const { add } = change;
    return {
      ...queue,
      order: [...queue.order, ...add.filter((id) => !queue.order.includes(id))],
      cancelled: queue.cancelled.filter((id) => !add.includes(id)),
    };
  }
  if ('order' in change) {
    const first = change.order.filter((id) => queue.order.includes(id));
    return { ...queue, order: [...first, ...queue.order.filter((id) => !first.includes(id))] };
  }
  if ('cancel' in change) {
    return {
      ...queue,
      order: queue.order.filter((id) => !change.cancel.includes(id)),
      cancelled: [...new Set([...queue.cancelled, ...change.cancel])],
    };
  }
  if ('done' in change) return { ...queue, order: queue.order.filter((id) => !change.done.includes(id)) };
  return { ...queue, ...change };
}

/** It is held for milliseconds, and longer where the machine or its disk is busy. */
const WAIT_MILLISECONDS = 60_000;

async function waitForLock(folder: string): Promise<RunLock> {
  const until = performance.now() + WAIT_MILLISECONDS;
  for (;;) {
    try {
      return await lockRun(folder, 'queue');
    } catch (error) {
      if (!(error instanceof InputError) || performance.now() > until) throw error;
      await setTimeout(20 + 60 * Math.random());
    }
  }
}
