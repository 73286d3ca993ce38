/** What became of a task, and what to do, in a sentence or two. */
import type { JobFile } from './jobFile';
import type { SeenTask } from './seenFile';
import { CANCELLED } from './taskFile';
import type { TaskState } from './taskProgress';
import { twiceTheTime } from './words';

export type Said = Pick<SeenTask, 'reason' | 'node' | 'exit'>;

const AGAIN = {
  cells: { goOn: 'Go on with it by --retry', submit: 'Submit it by --retry' },
  // Their commands have no --retry: what is kept is not computed again.
  shards: { goOn: 'Hand it over again', submit: 'Hand it over again' },
};

/** How a person begins it again, without a full stop. */
export function again({ kind }: Pick<JobFile, 'kind'>): (typeof AGAIN)['cells'] {
  return AGAIN[kind];
}

/** Undefined of those that go on, and of those whose run folder says more. */
export function whyEnded(state: TaskState, job: JobFile, said: Said): string | undefined {
  const where = said.node === '' ? '' : ` on ${said.node}`;
  switch (state) {
    case 'timedOut':
      return `It reached its time limit${job.time === null ? '' : ` of ${job.time}`}${where} and was not begun again. ${again(job).goOn}, with ${moreTime(job)} or more --requeues.`;
    case 'outOfMemory':
      return `It ran out of memory${where}${askedFor(job)}. ${lessOrMore(job)}`;
    case 'nodeFailed':
      return `Its node${said.node === '' ? '' : ` ${said.node}`} failed, and it was not begun again. ${again(job).goOn}.`;
    case 'preempted':
      return `It was ended${where} to make room for others, and was not begun again. ${again(job).goOn}.`;
    case 'cancelled':
      return CANCELLED;
    case 'failed':
      if (said.exit?.startsWith(`${String(DISK_FULL)}:`) === true) return diskFullText(job, where);
      if (said.exit === UNOPENED) return unopenedText(job, where);
      return isKilled(said) ? killedText(job, where) : `It failed${where}${ending(said)}. See its log.`;
    case 'lost':
      return job.id === null
        ? `Its submission was cut short, and Slurm knows no job of its name. ${again(job).submit}.`
        : `It is gone from the queue without a word of how it ended. See its log. ${again(job).goOn}.`;
    default:
      return undefined;
  }
}

/** Of one whose process was killed, by whomever. @param where " on n1", or nothing */
export function killedText(job: Pick<JobFile, 'kind' | 'memoryBytes'>, where = ''): string {
  return `It was killed${where}, perhaps for want of memory${askedFor(job)}. ${lessOrMore(job)}`;
}

/** See `DiskFullError`. */
const DISK_FULL = 74;

/** Of one that could write nothing any more. @param where as above */
function diskFullText(job: JobFile, where: string): string {
  return `It found the disk full${where}, so that it could not even say so here. Free some space. ${again(job).goOn}.`;
}

/** As Slurm writes how a task ended whose log its node could not open, so that nothing of it was begun. */
const UNOPENED = '0:53';

function unopenedText(job: JobFile, where: string): string {
  return `It was not begun${where}: its node cannot open its log, so that it does not see this folder, or may not write there. ${again(job).submit} from a disk that the nodes have at the same path.`;
}

function moreTime({ time }: JobFile): string {
  return time === null ? 'a longer --time' : `a longer turn, such as --time ${twiceTheTime(time)},`;
}

function lessOrMore(job: Pick<JobFile, 'kind' | 'memoryBytes'>): string {
  if (job.kind === 'shards') return `${again(job).goOn}, with ${moreMemory(job)}.`;
  return `Retry with ${moreMemory(job)}, or with smaller batches (training.microBatchSize).`;
}

const GIBIBYTE = 2 ** 30;

function askedFor({ memoryBytes }: Pick<JobFile, 'memoryBytes'>): string {
  return memoryBytes === null ? '' : `, of which it had asked for ${gibibytes(memoryBytes)}G`;
}

/** Twice as much, as Slurm writes it. */
function moreMemory({ memoryBytes }: Pick<JobFile, 'memoryBytes'>): string {
  return memoryBytes === null ? 'more by --memory' : `more, such as --memory ${twiceTheMemory(memoryBytes)}`;
}

export function twiceTheMemory(bytes: number): string {
  return `${String(Math.ceil((2 * bytes) / GIBIBYTE))}G`;
}

function gibibytes(bytes: number): string {
  return (bytes / GIBIBYTE).toFixed(bytes < GIBIBYTE ? 2 : 1).replace(/\.0$/, '');
}

const KILLED = '9';

/** Slurm says so itself, or the script by how a shell numbers it. */
export function isKilled({ exit = '' }: Said): boolean {
  const [code, signal] = exit.split(':');
  return signal === KILLED || code === '137';
}

function ending({ reason, exit = '' }: Said): string {
  const [code = '', signal = '0'] = exit.split(':');
  if (code !== '' && code !== '0') return ` with exit code ${code}`;
  if (signal !== '0' && signal !== '') return ` by signal ${signal}`;
  return reason === '' ? '' : ` (${reason})`;
}
