/** `--status` and `--cancel` of the shards of a run: how far those are that a scheduler was given, and their end. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import {
  cancelTasks,
  isLive,
  jobPaths,
  leftAloneText,
  nothingElse,
  readJobs,
  schedulerProblem,
  tasksOfJob,
  unknownJobProblem,
  unreadableJobs,
  type StoredJob,
} from '../../cluster';
import { shellWord } from '../../common/shellWord';
import type { Run } from '../../runs';
import { sweepFolder } from '../../sweeps';
import type { ShardOptions } from '../options/shard';
import type { Output } from '../printing/output';
import { printShardJobs, type ShardJob } from '../printing/shardJobs';
import { lookOrSay } from '../sweep/situation';
import { refuseUnknown } from './handedOver';
import { mergedPath } from './mergeShares';

/**
 * @param runs of one study, at least one
 * @param command such as 'perturb'
 * @throws InputError, WorkError where the scheduler cannot be asked to cancel them
 */
export async function askAfterShards(
  runs: readonly [Run, ...Run[]],
  command: string,
  { cancel = false, host = null }: Pick<ShardOptions, 'cancel'> & { readonly host?: string | null },
  output: Output,
): Promise<void> {
  const folder = await sweepFolder(runs[0].studyFile);
  await lookOrSay(folder, host, output);
  const places = new Set(runs.flatMap((run) => [run.folder, run.studyFile]));
  const jobs = await shardJobs(folder, command, places);
  if (cancel) await cancelAll(jobs, host, output);
  const now = cancel ? await shardJobs(folder, command, places) : jobs;
  for (const problem of await problemsOf(folder, now, host)) output.log(problem);
  printShardJobs(now, { command, run: runs[0].folder }, output);
  if (cancel) await refuseUnknown(folder, host);
}

/** Why what is said of them may be old or lack some, sentences. */
async function problemsOf(folder: string, jobs: readonly ShardJob[], through: string | null): Promise<string[]> {
  const live = jobs.flatMap(({ tasks }) => tasks.map(({ task }) => task).filter(isLive));
  const unreadable = await unreadableJobs(folder, through);
  const problems = [await unknownJobProblem(unreadable), await schedulerProblem(live, through, unreadable.hosts)];
  return problems.filter((problem) => problem !== undefined);
}

async function cancelAll(
  jobs: readonly ShardJob[],
  through: string | null,
  output: Pick<Output, 'log'>,
): Promise<void> {
  const live = jobs.flatMap(({ tasks }) => tasks.map(({ task }) => task).filter(isLive));
  if (jobs.length > 0 && live.length === 0) output.log('Nothing to cancel: none of them waits or runs.');
  const left = await cancelTasks(live, through);
  const [first] = left;
  if (first !== undefined && left.length === live.length) throw nothingElse(first);
  if (first !== undefined) output.log(leftAloneText(left));
}

/** The newest of each command. @param places of which the command's words name one: run folders, and study files */
async function shardJobs(folder: string, command: string, places: ReadonlySet<string>): Promise<ShardJob[]> {
  const isAbout = ({ kind, command: words = [] }: StoredJob['job']): boolean =>
    kind === 'shards' && words[0] === command && words.some((word) => places.has(word));
  const newest = new Map<string, StoredJob>();
  for (const stored of await readJobs(folder))
    if (isAbout(stored.job)) newest.set(JSON.stringify([stored.job.command, stored.job.host]), stored);
  return Promise.all([...newest.values()].map(asShardJob));
}

async function asShardJob(stored: StoredJob): Promise<ShardJob> {
  const { job, folder } = stored;
  const merged = mergedPath(folder);
  return {
    id: job.id ?? basename(folder),
    submittedAt: job.submittedAt,
    command: ['epochlens', ...(job.command ?? [])].map(shellWord).join(' '),
    logs: jobPaths(folder).logs,
    merged: existsSync(merged) ? merged : undefined,
    tasks: (await tasksOfJob(stored)).map(([shard, task]) => ({ shard, task })),
  };
}
