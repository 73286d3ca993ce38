/** What a task asks for where the person has not said it: memory and time. */
import { mostSecondsIn, timeWithin, timeWord, type Partition } from '../../cluster';
import type { Output } from '../printing/output';
import type { JobAsked } from './jobAsked';

/** More than it is thought to take: what takes more is killed. */
const SPARE = 1.25;

/** In bytes. Where the cluster does not tell its nodes' memory, it refuses every amount. */
export function memoryOfTask(
  { options: { memory }, bytes }: JobAsked,
  partitions: readonly Partition[],
  output: Pick<Output, 'log'>,
): number | null {
  if (memory !== undefined) return memory === 'none' ? null : memory;
  if (bytes === undefined) return null;
  if (partitions.some((each) => each.memory > 1)) return bytes * SPARE;
  output.log('This cluster does not share memory out: none is asked for.');
  return null;
}

/**
 * Of one turn, as Slurm writes it. A partition may refuse what is over its limit, or let it wait for ever: an estimate is
 * cut to that, as a task goes on in another turn; what was given stays.
 */
export function timeOfTurn(
  { options, seconds }: JobAsked,
  partitions: readonly Partition[],
  output: Pick<Output, 'log'>,
): string | null {
  if (options.time !== undefined) return options.time;
  if (seconds === undefined) return null;
  const wanted = timeWord(seconds);
  const time = timeWithin(seconds, mostSecondsIn(partitions, options.partition));
  if (time !== wanted)
    output.log(
      `A task may need ${wanted}, and the partition allows ${time}: what is not done then goes on in another turn.`,
    );
  return time;
}
