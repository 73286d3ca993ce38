/** What a person may ask of the cluster on the command line. */
import { posix } from 'node:path';
import type { Command } from 'commander';
import { checkedTime, memoryOf } from '../../cluster';
import { InputError } from '../../common/errors';
import { named, oneOf, wholeNumber } from '../options/arguments';

export interface ClusterOptions {
  readonly on?: 'slurm' | 'kubernetes';
  readonly host?: string;
  readonly limit?: number;
  readonly partition?: string;
  readonly account?: string;
  readonly time?: string;
  /** In bytes; 'none': nothing is asked for. (commander takes null for an empty text.) */
  readonly memory?: number | 'none';
  readonly cpus?: number;
  readonly requeues?: number;
  readonly nodeLocal?: string;
  readonly image?: string;
  readonly claim?: string;
}

const MOST_TASKS = 100_000;
const MOST_CPUS = 1024;
const MOST_REQUEUES = 1000;
export const USUAL_REQUEUES = 20;

export function addClusterOptions(command: Command): Command {
  return command
    .option(
      '--on <scheduler>',
      'hand it to the cluster’s scheduler: slurm, or print a manifest for kubernetes',
      oneOf('--on', ['slurm', 'kubernetes']),
    )
    .option(
      '--host <login>',
      'with --on, with --status, --cancel, and of sweep --pause or --continue: the login node that ssh reaches, such as user@login (default: this machine)',
      named('--host'),
    )
    .option('--limit <n>', 'with --on: at most so many tasks at once', wholeNumber('--limit', 1, MOST_TASKS))
    .option('--partition <name>', 'with --on: where the tasks run', named('--partition'))
    .option('--account <name>', 'with --on: whom they are charged to', named('--account'))
    .option('--time <limit>', 'with --on: of one turn of a task, such as 04:00:00', checkedTime)
    .option('--memory <amount>', 'with --on: of a task, such as 4G, or none (default: estimated)', memoryAsked)
    .option('--cpus <n>', 'with --on: cores of a task', wholeNumber('--cpus', 1, MOST_CPUS))
    .option(
      '--requeues <n>',
      `with --on: how often a task may go on after its time limit, a preemption or a node’s failure (default: ${String(USUAL_REQUEUES)})`,
      wholeNumber('--requeues', 0, MOST_REQUEUES),
    )
    .option('--image <image>', 'with --on kubernetes: has epochlens on its path', named('--image'))
    .option(
      '--claim <name>',
      'with --on kubernetes: the volume of the study’s folder, or NAME:PATH of a folder above it',
      named('--claim'),
    )
    .option(
      '--node-local <folder>',
      'with --on: run a copy of EpochLens that each node keeps in this folder of its own',
      onNode,
    );
}

/** A task's working folder is the one that it was submitted from, on the shared disk. */
function onNode(word: string): string {
  if (posix.isAbsolute(word)) return word;
  throw new InputError('not a folder of each node’s own', {
    place: '--node-local',
    found: JSON.stringify(word),
    expected: 'an absolute path, such as /tmp/epochlens',
  });
}

function memoryAsked(word: string): number | 'none' {
  return memoryOf(word) ?? 'none';
}

/** All but `on`. */
export const OF_CLUSTER = [
  'host',
  'limit',
  'partition',
  'account',
  'time',
  'memory',
  'cpus',
  'requeues',
  'nodeLocal',
  'image',
  'claim',
] as const;

const OF_SLURM = ['host', 'partition', 'account', 'time', 'nodeLocal'] as const;
const OF_KUBERNETES = ['image', 'claim'] as const;

/** As a person types it. */
export function optionWord(name: (typeof OF_CLUSTER)[number]): string {
  return name === 'nodeLocal' ? '--node-local' : `--${name}`;
}

/**
 * @param asks of tasks that were submitted, of a host perhaps, and submits nothing
 * @throws InputError where there is one and no --on, or one of the other scheduler
 */
export function refuseWithoutCluster(options: ClusterOptions, asks = false): void {
  const [names, scheduler] =
    options.on === undefined
      ? [OF_CLUSTER, 'slurm']
      : options.on === 'slurm'
        ? [OF_KUBERNETES, 'kubernetes']
        : [OF_SLURM, 'slurm'];
  const given = names.find((name) => options[name] !== undefined && !(asks && name === 'host'));
  if (given === undefined) return;
  throw new InputError('an option that plays no part here', {
    place: optionWord(given),
    expected: `it with --on ${scheduler}`,
  });
}
