/** How tasks ended that have left the queue: `scontrol` remembers for minutes, `sacct`, where there is one, for long. */
import { InputError, isReportedError } from '../../common/errors';
import { slurmCommand } from '../slurmCommand';
import { accountingOf, rememberAccounting, rememberFailure, rememberNoAccounting } from './accounting';
import { endOf } from './states';

export interface Ended {
  /** Slurm's word. */
  readonly state: string;
  readonly reason: string;
  readonly node: string;
  /** "1:0": its code, and the signal that ended it. */
  readonly exit: string;
}

/** By the tasks' indices; of a job without an array by null. */
export type EndedTasks = ReadonlyMap<number | null, Ended>;

export interface WhatIsKnown {
  readonly tasks: EndedTasks;
  /** Whether all answered who may know: of a task that is not in `tasks` nobody knows then; else ask another time. */
  readonly isAll: boolean;
}

const TIMEOUT_MILLISECONDS = 20_000;
const OPTIONS = { timeoutMilliseconds: TIMEOUT_MILLISECONDS };

/**
 * How tasks of a job ended: `scontrol` is asked once, and `sacct` where that one does not know all of them.
 * @param job the scheduler's number @param wanted indices
 */
export async function endedTasks(host: string | null, job: string, wanted: readonly number[]): Promise<WhatIsKnown> {
  const shown = await shownTasks(host, job);
  const known = shown ?? new Map<number | null, Ended>();
  if (wanted.every((index) => known.has(index) || known.has(null))) return { tasks: known, isAll: true };
  const accounted = await accountedTasks(host, job);
  return {
    tasks: new Map([...(accounted ?? []), ...known]),
    isAll: shown !== undefined && accounted !== undefined,
  };
}

/** Slurm's own words of a job that it has forgotten. */
const FORGOTTEN = /invalid job id/i;

/** Undefined where it does not answer. */
async function shownTasks(host: string | null, job: string): Promise<EndedTasks | undefined> {
  try {
    return parseShown(await slurmCommand(host, 'scontrol', ['show', 'job', '-o', job], OPTIONS));
  } catch (error) {
    if (!isReportedError(error)) throw error;
    return FORGOTTEN.test(error.message) ? new Map() : undefined;
  }
}

/** Slurm's own words where there is no accounting, former versions' "SLURM accounting storage is disabled" as well. */
const DISABLED = /accounting storage is disabled/i;
const FIELDS = 'JobID,State,ExitCode,NodeList';

/** Empty where there is no accounting; undefined where it does not answer. */
async function accountedTasks(host: string | null, job: string): Promise<EndedTasks | undefined> {
  const accounting = await accountingOf(host);
  if (accounting !== 'ask') return accounting === 'none' ? new Map() : undefined;
  const words = ['--noheader', '--parsable2', '--allocations', `--jobs=${job}`, `--format=${FIELDS}`];
  try {
    const tasks = parseAccounted(await slurmCommand(host, 'sacct', words, OPTIONS));
    await rememberAccounting(host);
    // One that it thinks to go on, of which the controller knows nothing, has ended unseen.
    return new Map([...tasks].filter(([, { state }]) => endOf(state) !== undefined));
  } catch (error) {
    if (!isReportedError(error)) throw error;
    if (!DISABLED.test(error.message) && !isAbsent(error)) {
      await rememberFailure(host);
      return undefined;
    }
    await rememberNoAccounting(host);
    return new Map();
  }
}

function isAbsent(error: Error): boolean {
  return error instanceof InputError && error.message.startsWith('there is no sacct');
}

/** What `scontrol show job -o` prints: a line a task, "Key=Value" apart by spaces. */
export function parseShown(text: string): EndedTasks {
  const lines = text.split('\n').filter((line) => line.startsWith('JobId='));
  return new Map(
    lines.flatMap((line): [number | null, Ended][] => {
      const value = (key: string): string => new RegExp(`(?:^| )${key}=(\\S*)`).exec(line)?.[1] ?? '';
      const index = /(?:^| )ArrayTaskId=(\S+)/.exec(line)?.[1];
      // "0,5-9": those that have not begun.
      if (index !== undefined && !/^\d+$/.test(index)) return [];
      const node = value('NodeList');
      return [
        [
          index === undefined ? null : Number(index),
          {
            state: value('JobState'),
            reason: value('Reason') === 'None' ? '' : value('Reason'),
            node: node === '(null)' ? '' : node,
            exit: value('ExitCode'),
          },
        ],
      ];
    }),
  );
}

/**
 * What `sacct -n -P -X -o JobID,State,ExitCode,NodeList` prints. (Before Slurm 23 it knows no `--array`: tasks that never
 * began are one line, "7_[2,4-6%3]".)
 */
export function parseAccounted(text: string): EndedTasks {
  return new Map(
    text.split('\n').flatMap((line): [number | null, Ended][] => {
      const [id = '', state = '', exit = '', node = ''] = line.trim().split('|');
      const found = /^\d+(?:_(?:\[([\d,-]+)(?:%\d+)?\]|(\d+)))?$/.exec(id);
      if (found === null) return [];
      const several = found[1] ?? found[2];
      const ended = {
        state: state.split(' ')[0] ?? '',
        reason: '',
        node: node === 'None assigned' ? '' : node,
        exit,
      };
      return (several === undefined ? [null] : indicesIn(several)).map((index) => [index, ended]);
    }),
  );
}

/** Those of "2,4-6". */
function indicesIn(word: string): number[] {
  return word.split(',').flatMap((part) => {
    const [first = NaN, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}
