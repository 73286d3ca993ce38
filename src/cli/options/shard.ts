/** `--shard 2/4`: one of several processes, on one machine or many, that divide a command between them. */
import type { Command } from 'commander';
import { InputError } from '../../common/errors';
import { MOST_SHARDS, type Shard } from '../../common/shard';
import { leaveResults } from '../../runs';
import { addClusterOptions, refuseWithoutCluster, type ClusterOptions } from '../cluster/options';
import { wholeNumber } from './arguments';

export interface ShardOption {
  readonly shard?: Shard;
}

/** Of a command on a run. */
export interface ShardOptions extends ShardOption, ClusterOptions {
  /** With `on`: how many. */
  readonly shards?: number;
  readonly dryRun?: boolean;
  readonly status?: boolean;
  readonly cancel?: boolean;
}

/** `--shard`, and all that hands shards to a cluster. */
export function addShardOptions(command: Command): Command {
  return addClusterOptions(
    addShardOption(command)
      .option('--shards <n>', 'with --on: into how many it is divided', wholeNumber('--shards', 1, MOST_SHARDS))
      .option('--dry-run', 'with --on: print the script that would be submitted')
      .option('--status', 'how far the shards of the run are that a cluster has')
      .option('--cancel', 'cancel those of them that wait or run'),
  );
}

/** What the options ask of a cluster: to compute the shards, or how they are; undefined: nothing. */
export type AskedOfShards = 'submit' | 'tell' | undefined;

/** @throws InputError for options that do not go together */
export function askedOfShards(options: ShardOptions): AskedOfShards {
  const { on, shard: own, shards, dryRun, status, cancel } = options;
  const asks = status === true || cancel === true;
  refuseWithoutCluster(options, asks);
  // Shares that others have kept are not this process's to delete.
  if (asks || own !== undefined || on !== undefined) leaveResults();
  if (asks) {
    refuseBeside(status === true ? '--status' : '--cancel', options);
    return 'tell';
  }
  if (on !== undefined && shards !== undefined && own === undefined) return 'submit';
  if (on === undefined && shards === undefined && dryRun === undefined) return undefined;
  throw new InputError('options that do not go together', {
    place: own !== undefined ? '--shard' : shards !== undefined ? '--shards' : on !== undefined ? '--on' : '--dry-run',
    expected: '--on slurm --shards N to hand all shards to a cluster, or --shard i/n to compute one here',
  });
}

/** @throws InputError where they are not alone */
function refuseBeside(place: string, { on, shard: own, shards, dryRun, status, cancel }: ShardOptions): void {
  const isAlone = [on, own, shards, dryRun].every((each) => each === undefined);
  if (isAlone && !(status === true && cancel === true)) return;
  throw new InputError('options that do not go together', {
    place,
    expected: `the run and ${place} alone, or with --host`,
  });
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
  const given = (['shard', 'shards', 'status', 'cancel'] as const).find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw new InputError('an option that plays no part here', {
    place: `--${given}`,
    expected: `it without ${option}`,
    advice,
  });
}
