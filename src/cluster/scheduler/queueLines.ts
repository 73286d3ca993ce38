/** What `squeue` prints of a person's jobs, a line a task. */

/**
 * Array, index, own number, state, begin, node, reason, name. The name is last, as a person's own jobs may be called
 * anything.
 */
export const QUEUE_FORMAT = '%F|%K|%A|%T|%S|%N|%r|%j';
/** With those that ended within the controller's memory (MinJobAge), so that it need not be asked after their end. */
export const QUEUE_WORDS = ['--me', '--array', '--noheader', '--states=all', `--format=${QUEUE_FORMAT}`] as const;

export interface QueueLine {
  /** The number of the array; of a job without an array its own. */
  readonly job: string;
  /** Null: it is no task of an array. */
  readonly index: number | null;
  /** The task's own number. Those of an array that have not begun share one. */
  readonly id: string;
  /** Slurm's word: PENDING, RUNNING… */
  readonly state: string;
  /** Why it waits or ended, Slurm's word; "" where it says none. */
  readonly reason: string;
  /** "" before it begins. */
  readonly node: string;
  /** When it began or is thought to begin, the cluster's own time: "2026-11-30T13:26:33"; absent where it says none. */
  readonly starts?: string | undefined;
  readonly name: string;
}

/** Ours are named so, whatever else the person has in the queue. */
const OURS = 'epochlens-';
const LINE = /^(\d+)\|([^|]*)\|(\d+)\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|(.*)$/;

/** The lines of our own jobs; what is no such line is left out. */
export function parseQueue(text: string): QueueLine[] {
  return text.split('\n').flatMap((line) => {
    const [, job = '', index = '', id = '', state = '', starts = '', node = '', reason = '', name = ''] =
      LINE.exec(line.trim()) ?? [];
    if (!name.startsWith(OURS)) return [];
    return [
      {
        job,
        index: /^\d+$/.test(index) ? Number(index) : null,
        id,
        // "CANCELLED by 1000" as some versions have it.
        state: state.split(' ')[0] ?? '',
        reason: isSaid(reason) ? reason : '',
        node: isSaid(node) ? node : '',
        ...(isSaid(starts) && { starts }),
        name,
      },
    ];
  });
}

function isSaid(word: string): boolean {
  return !['', 'None', 'N/A', '(null)', 'Unknown'].includes(word);
}
