/** Hands an array of tasks to Slurm: all of them, or none. */
import { rm } from 'node:fs/promises';
import { jobPaths, slurmCommand, writeJob, type JobFile, type StoredJob } from '../../cluster';
import { writeFileAtomically } from '../../common/atomic';
import { InputError, messageOf, WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { shellWord } from '../../common/shellWord';
import type { Output } from '../printing/output';
import { queuedOn } from './handedOver';
import type { ClusterOptions } from './options';
import { prepareJob, type JobAsked } from './prepareJob';
import { refuseUnshared } from './sharedDisk';

/** Asks Slurm for its version and nothing else. @throws InputError where there is none, or the host does not answer */
export async function refuseWithoutSlurm({ host }: ClusterOptions): Promise<void> {
  await slurmCommand(host ?? null, 'sbatch', ['--version']);
}

/**
 * Job and script are written before Slurm is given them, and the job once more with the number that it answers with. What
 * it refuses leaves nothing behind. Only under the lock of submissions.
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
  const id = await given(job, path).catch(async (error: unknown) => {
    // An answer that was lost on its way may have been a yes.
    const found = await queuedOn(job.host).then(
      (queued) => ({ id: queued.find(({ name }) => name === job.name)?.id }),
      () => undefined,
    );
    if (found?.id !== undefined) return found.id;
    // Where nobody can say, the next submission asks again.
    if (found !== undefined || error instanceof InputError) await remove();
    throw error;
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

/** The next look, or the next submission, asks for it by its name. */
function notKnown(error: unknown): WorkError {
  return new WorkError('Slurm does not say whether it has taken the job', {
    found: messageOf(error),
    advice: 'Once it answers again, see it by --status, or submit again: what it has taken is not submitted twice.',
  });
}

async function given({ host }: JobFile, script: string): Promise<string> {
  const answer = (await slurmCommand(host, 'sbatch', ['--parsable', script])).trim().split('\n').at(-1) ?? '';
  const id = /^(\d+)(;.*)?$/.exec(answer)?.[1];
  if (id !== undefined) return id;
  throw new InputError('sbatch answers with no number', { found: answer, expected: 'the job’s number' });
}

/** How a person asks Slurm about it. */
export function askWords({ id, host }: Pick<JobFile, 'id' | 'host'>): string {
  return `${host === null ? '' : `ssh ${shellWord(host)} `}squeue --job ${id ?? ''}`;
}
