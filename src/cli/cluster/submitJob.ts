/** Hands an array of tasks to Slurm: all of them, or none. */
import { rm } from 'node:fs/promises';
import {
  AbsentError,
  jobPaths,
  overriding,
  RefusedError,
  slurmCommand,
  writeJob,
  type JobFile,
  type StoredJob,
} from '../../cluster';
import { writeFileAtomically } from '../../common/atomic';
import { InputError, messageOf, WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { shellWord } from '../../common/shellWord';
import type { Output } from '../printing/output';
import { queuedOn } from './handedOver';
import { advised } from './limits';
import type { ClusterOptions } from './options';
import type { JobAsked } from './jobAsked';
import { prepareJob } from './prepareJob';
import { refuseUnshared } from './sharedDisk';

/** Asks Slurm for its version and nothing else. @throws InputError where there is none, or the host does not answer */
export async function refuseWithoutSlurm({ host }: ClusterOptions): Promise<void> {
  await slurmCommand(host ?? null, 'sbatch', ['--version']);
}

/**
 * Job and script are written before Slurm is given them, and the job once more with the number that it answers with. What
 * it refuses leaves nothing behind; what it may have taken is kept. Only under the lock of submissions.
 * @throws InputError, WorkError
 */
export async function submitJob(asked: JobAsked, output: Pick<Output, 'log'>): Promise<StoredJob> {
  const { job, folder, script, files, keep } = await prepareJob(asked, output);
  await makeFolder(asked.sweepFolder);
  if (job.host !== null) await refuseUnshared(job.host, asked.sweepFolder, files);
  await keep();
  const { script: path } = jobPaths(folder);
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await writeJob(folder, job);
    await writeFileAtomically(path, script);
  } catch (error) {
    await remove();
    throw error;
  }
  const id = await given(job, path, overriding(script)).catch(async (error: unknown) => {
    if (isRefusal(error)) {
      await remove();
      throw advised(error, asked);
    }
    // An answer that was lost on its way may have been a yes. That it is not in the queue yet is no no.
    const queued = await queuedOn(job.host).catch(() => []);
    const found = queued.find(({ name }) => name === job.name)?.id;
    if (found !== undefined) return found;
    throw notKnown(error);
  });
  const submitted = { ...job, id };
  await writeJob(folder, submitted).catch(async (error: unknown) => {
    // Tasks that begin now would find the disk as full as this process does.
    await slurmCommand(job.host, 'scancel', [id]);
    await remove();
    throw error;
  });
  return { folder, job: submitted };
}

/** Words of an sbatch that has not heard from its controller: that one may have taken the job. */
const UNHEARD = /timed? ?out|(send|receive|shutdown) failure|zero bytes|not connected|reset by peer|broken pipe/i;

/** It is certain that nothing was taken: there was no sbatch, or it said no. */
function isRefusal(error: unknown): error is AbsentError | RefusedError {
  if (error instanceof AbsentError) return true;
  return error instanceof RefusedError && !UNHEARD.test(error.problem.found ?? '');
}

/** The next look, or the next submission, asks for it by its name. */
function notKnown(error: unknown): WorkError {
  return new WorkError('Slurm does not say whether it has taken the job', {
    found: messageOf(error),
    advice: 'Once it answers again, see it by --status, or submit again: what it has taken is not submitted twice.',
  });
}

/** @param without see `SlurmOptions`: what the script asks for counts */
async function given({ host }: JobFile, script: string, without: readonly string[]): Promise<string> {
  const printed = await slurmCommand(host, 'sbatch', ['--parsable', script], { without });
  const answer = printed.trim().split('\n').at(-1) ?? '';
  const id = /^(\d+)(;.*)?$/.exec(answer)?.[1];
  if (id !== undefined) return id;
  throw new InputError('sbatch answers with no number', { found: answer, expected: 'the job’s number' });
}

/** How a person asks Slurm about it. */
export function askWords({ id, host }: Pick<JobFile, 'id' | 'host'>): string {
  return `${host === null ? '' : `ssh ${shellWord(host)} `}squeue --job ${id ?? ''}`;
}
