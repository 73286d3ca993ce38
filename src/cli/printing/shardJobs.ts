/** How far the shards are that a scheduler was given, for a terminal. */
import { isLive, type TaskProgress, type TaskState } from '../../cluster';
import { localTime } from '../../common/localTime';
import { table, type Output } from './output';
import { logOf, taskColumns, taskDocument, waitingLines, WORDS } from './taskColumns';

export interface ShardJob {
  /** The scheduler's number, or the job's name where that is not known. */
  readonly id: string;
  /** ISO 8601. */
  readonly submittedAt: string;
  /** Without `--shard`, as a person types it. */
  readonly command: string;
  /** The folder of what each prints, absolute. */
  readonly logs: string;
  /** The file of what the command says of all of them; undefined until it is there. */
  readonly merged: string | undefined;
  /** `shard` as "i/n". */
  readonly tasks: readonly { readonly shard: string; readonly task: TaskProgress }[];
}

/** @param about what was asked for, to say that there is none */
export function printShardJobs(
  jobs: readonly ShardJob[],
  { command, run }: { readonly command: string; readonly run: string },
  output: Output,
): void {
  if (jobs.length === 0)
    output.line(
      `No shards of "${command}" of this run were handed to a scheduler: --on slurm --shards N does it. (${run})`,
    );
  for (const job of jobs) for (const line of linesOf(job)) output.line(line);
  output.document({ jobs: jobs.map(documentOf) });
}

function linesOf({ id, submittedAt, command, merged, logs, tasks }: ShardJob): string[] {
  const rows = tasks.map(({ shard, task }) => [shard, ...taskColumns({ task: { ...task, state: shownState(task) } })]);
  const failed = tasks.filter(({ task }) => hasFailed(task));
  const isOver = tasks.every(({ task }) => !isLive(task));
  const areDone = tasks.every(({ task }) => isDone(task));
  return [
    `Job ${id} of ${localTime(submittedAt)}:  ${command}`,
    ...table([['shard', 'task', 'node'], ...rows]),
    ...failed.map(({ shard, task }) => `${shard}: ${task.why ?? ''}${logOf(task)}`),
    ...waitingLines(tasks.map(({ shard, task }) => ({ name: shard, task }))),
    countsText(tasks.map(({ task }) => task)),
    ...(merged === undefined ? [] : [`Put together:  ${merged}`]),
    ...(isOver && !areDone ? ['Handed over again, it goes on: what is kept is not computed again.'] : []),
    ...(failed.length === 0 ? [`What each prints:  ${logs}`] : []),
  ];
}

/** A person knows why they cancelled one. */
function hasFailed(task: TaskProgress): boolean {
  return !isLive(task) && !isDone(task) && task.state !== 'cancelled';
}

/** What has ended by an error has failed. */
function shownState(task: TaskProgress): TaskState {
  return task.state === 'ended' && !isDone(task) ? 'failed' : task.state;
}

function isDone({ state, why }: TaskProgress): boolean {
  return state === 'ended' && why === undefined;
}

/** "5 of 8 shards done, 2 running, 1 timed out" */
function countsText(tasks: readonly TaskProgress[]): string {
  const counts = new Map<string, number>();
  for (const task of tasks.filter((each) => !isDone(each))) {
    const word = WORDS[shownState(task)];
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const others = [...counts].map(([word, count]) => `${String(count)} ${word}`);
  return [`${String(tasks.filter(isDone).length)} of ${String(tasks.length)} shards done`, ...others].join(', ');
}

function documentOf({ id, submittedAt, command, merged, logs, tasks }: ShardJob): object {
  const shards = tasks.map(({ shard, task }) => ({ shard, ...taskDocument(task) }));
  return { id, submittedAt, command, merged: merged ?? null, logs, shards };
}
