/** The shares of a command put together: by the task of a job that is the last to have computed its own. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { jobPaths, readTask, type TaskFile } from '../../cluster';
import { createFileAtomically } from '../../common/atomic';
import { readJson } from '../../common/jsonFile';
import type { Output } from '../printing/output';
import { runCommand } from '../sweep/child';
import type { Turn } from './turn';

/** What the command says with `--json`, as one process says it. @param folder the job's */
export function mergedPath(folder: string): string {
  return join(folder, 'merged.json');
}

/**
 * Says that this task's share is kept, and where those of all others are as well runs the command without `--shard`, which
 * finds everything kept. Of several that are the last at once one does, as a second would say of what the first has put
 * together that it was kept. Where it is told to stop meanwhile nothing is written, and the same task does it in its next
 * turn. What is written stays as it is.
 * @param say writes into the task's file
 * @returns why the shares that are all there could not be put together
 * @throws WorkError where what the command says cannot be written
 */
export async function mergeShares(
  turn: Pick<Turn, 'folder' | 'index' | 'job'>,
  say: (change: Partial<TaskFile>) => Promise<void>,
  output: Pick<Output, 'log'>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { folder, index, job } = turn;
  if (!(await isLast(turn, say, signal)) || existsSync(mergedPath(folder)) || !(await isMerger(turn))) return undefined;
  output.log('All shares are there: putting them together.');
  const words = [...(job.command ?? []), '--json'];
  // It would make room first, and delete what the shards have kept.
  const { stdout, error, code } = await runCommand(words, jobPaths(folder).log(index), signal, {
    EPOCHLENS_RESULTS_LIMIT_MB: '0',
  });
  if (signal.aborted && code !== 0) return undefined;
  // What misses a limit ends with 1, and has said all the same.
  if (stdout === '')
    return `The shares are there, and could not be put together (${error ?? `its process ended with ${String(code)}`}): run the command without --shard.`;
  await createFileAtomically(mergedPath(folder), stdout);
  return undefined;
}

const mergerSchema = z.object({ index: z.number() });

/** The first task that asks, in each of its turns, and no other. @throws WorkError where nothing can be written */
async function isMerger({ folder, index }: Pick<Turn, 'folder' | 'index'>): Promise<boolean> {
  const file = join(folder, 'merger.json');
  if (await createFileAtomically(file, `${JSON.stringify({ index })}\n`)) return true;
  return (await readJson(file, mergerSchema))?.index === index;
}

/** Between looks at what others say; a shared disk may show that a while later. */
const LOOKS_AFTER_MILLISECONDS = [500, 1500, 3000];

/**
 * Whoever says that its share is kept, and looks after that, sees all others' words or is seen by one that looks later. As
 * long as one is at work it looks again, each time after a word of its own, by which a shared disk's client notices that
 * the folder has changed.
 */
async function isLast(
  { folder, job }: Pick<Turn, 'folder' | 'job'>,
  say: (change: Partial<TaskFile>) => Promise<void>,
  signal: AbortSignal,
): Promise<boolean> {
  for (const wait of [0, ...LOOKS_AFTER_MILLISECONDS]) {
    await setTimeout(wait);
    await say({ computed: true });
    const tasks = await Promise.all(job.tasks.map((_, at) => readTask(folder, at)));
    const missing = tasks.filter((task) => !hasComputed(task));
    if (missing.length === 0) return true;
    if (signal.aborted || !missing.every((task) => task?.state === 'running')) return false;
  }
  return false;
}

function hasComputed(task: TaskFile | undefined): boolean {
  return task?.computed === true || (task?.state === 'ended' && task.error === undefined);
}
