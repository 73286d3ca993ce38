/** How tasks ended that have left the queue: `scontrol` remembers for minutes, `sacct`, where there is one, for long. */
import { isReportedError } from '../../common/errors';
import { slurmCommand } from '../slurmCommand';
import { isAccountingOff, rememberNoAccounting } from './accounting';

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

const TIMEOUT_MILLISECONDS = 20_000;

/** Of all tasks of a job, asked once. Empty where nobody knows of them any more. @param job the scheduler's number */
export async function endedTasks(host: string | null, job: string): Promise<EndedTasks> {
  const options = { timeoutMilliseconds: TIMEOUT_MILLISECONDS };
  const shown = await slurmCommand(host, 'scontrol', ['show', 'job', '-o', job], options).catch(unlessReported);
  const remembered = parseShown(shown);
  if (remembered.size > 0 || (await isAccountingOff(host))) return remembered;
  const fields = 'JobID,State,ExitCode,NodeList';
  const words = ['--noheader', '--parsable2', '--allocations', '--array', `--jobs=${job}`, `--format=${fields}`];
  try {
    return parseAccounted(await slurmCommand(host, 'sacct', words, options));
  } catch (error) {
    if (!isReportedError(error)) throw error;
    await rememberNoAccounting(host);
    return remembered;
  }
}

function unlessReported(error: unknown): string {
  if (isReportedError(error)) return '';
  throw error;
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

/** What `sacct -n -P -X -o JobID,State,ExitCode,NodeList` prints. */
export function parseAccounted(text: string): EndedTasks {
  return new Map(
    text.split('\n').flatMap((line): [number | null, Ended][] => {
      const [id = '', state = '', exit = '', node = ''] = line.trim().split('|');
      const [, index] = /^\d+(?:_(\d+))?$/.exec(id) ?? [undefined, undefined];
      if (!/^\d+(_\d+)?$/.test(id)) return [];
      return [
        [
          index === undefined ? null : Number(index),
          { state: state.split(' ')[0] ?? '', reason: '', node: node === 'None assigned' ? '' : node, exit },
        ],
      ];
    }),
  );
}
