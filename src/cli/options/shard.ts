/** `--shard 2/4`: one of several processes, on one machine or many, that divide a command between them. */
import type { Command } from 'commander';
import { InputError } from '../../common/errors';
import { MOST_SHARDS, type Shard } from '../../common/shard';

export interface ShardOptions {
  readonly shard?: Shard;
}

export function addShardOption(command: Command): Command {
  return command.option(
    '--shard <i/n>',
    'compute and keep one of n shares alone; when all are there, the command without it finds everything kept',
    shard,
  );
}

/** "2/4" @throws InputError */
export function shard(word: string): Shard {
  const [, index, of] = /^(\d{1,9})\/(\d{1,9})$/.exec(word) ?? [];
  const found = { index: Number(index), of: Number(of) };
  if (found.index >= 1 && found.index <= found.of && found.of <= MOST_SHARDS) return found;
  throw new InputError('not a shard', {
    place: '--shard',
    found: JSON.stringify(word),
    expected: `i/n with i from 1 to n, such as 2/4, and n at most ${MOST_SHARDS}`,
  });
}

/** What is computed of weights that are no run's is not kept, and so could not be put together. */
export const OF_A_RUN = 'A shard keeps its share in the folder of a run.';

/** @param advice why the option and a shard do not go together @throws InputError */
export function refuseShardWith(option: string, advice: string, options: ShardOptions): void {
  if (options.shard === undefined) return;
  throw new InputError('an option that plays no part here', {
    place: '--shard',
    expected: `it without ${option}`,
    advice,
  });
}
