/** What a task is there for: its cell, or its share, each by processes of their own. */
import { jobPaths, killedText, type TaskFile } from '../../cluster';
import { killedForMemory } from '../../engine/memory/container';
import { readStudyFile } from '../../study';
import { sweepFolder, writeOutcome } from '../../sweeps';
import type { Output } from '../printing/output';
import { runCommand } from '../sweep/child';
import { workOnCell } from '../sweep/workOnCell';
import type { Turn } from './turn';

interface Working {
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Why it ended otherwise than well, as the task's file says it. */
export type EndOfWork = Pick<TaskFile, 'killed'> & { readonly error: string };

/** Undefined where it ended well, or was stopped. */
export async function workOfTask(turn: Turn, word: string, working: Working): Promise<EndOfWork | undefined> {
  const before = killedForMemory() ?? 0;
  const error = await (turn.job.kind === 'cells' ? workOnTask : computeShare)(turn, word, working);
  if (error === undefined) return undefined;
  if (error !== KILLED) return { error };
  // The kernel takes the largest: the process that computes, and not this one.
  const isForMemory = (killedForMemory() ?? 0) > before;
  return { error: killedText(turn.job), killed: isForMemory ? 'outOfMemory' : 'unknown' };
}

/** In place of a sentence: a signal that nobody here has sent ended its process. */
const KILLED = Symbol('killed');
type Why = string | typeof KILLED | undefined;

async function workOnTask({ job }: Turn, id: string, { output, signal }: Working): Promise<Why> {
  const inFile = await readStudyFile(job.studyFile);
  const { sweep } = inFile;
  const cell = sweep?.cells.find((each) => each.id === id);
  if (sweep === undefined || cell === undefined)
    return `The study file has no cell ${id.slice(0, 12)} any more: it was changed after the cell was submitted.`;
  const folder = await sweepFolder(job.studyFile);
  const outcome = await workOnCell({
    cell,
    inFile,
    folder,
    tests: sweep.tests,
    engine: job.engine,
    download: false,
    signal,
    begin: (phase, run, how) =>
      output.log(`${cell.recipe}, seed ${String(cell.seed)}: ${how === 'new' ? '' : `${how}, `}${phase} in ${run}`),
  });
  if (outcome === undefined) return signal.aborted ? undefined : KILLED;
  await writeOutcome(folder, id, outcome);
  if (outcome.error === undefined) output.log(`${cell.recipe}, seed ${String(cell.seed)}: done`);
  return outcome.error;
}

async function computeShare({ folder, index, job }: Turn, share: string, { signal }: Working): Promise<Why> {
  const ended = await runCommand([...(job.command ?? []), '--shard', share], jobPaths(folder).log(index), signal);
  if (ended.code === 0 || signal.aborted) return undefined;
  return ended.signal === null ? (ended.error ?? `its process ended with ${String(ended.code)}`) : KILLED;
}
