/** Hands an array of tasks to Slurm: all of them, or none. */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  arrayWord,
  clusterName,
  fillTemplate,
  JOB_FORMAT,
  jobFolder,
  jobPaths,
  keepTemplate,
  memoryWord,
  readTemplate,
  slurmCommand,
  timeWord,
  warningSeconds,
  writeJob,
  type JobFile,
  type StoredJob,
} from '../../cluster';
import { writeFileAtomically } from '../../common/atomic';
import { InputError, messageOf, WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { shellWord } from '../../common/shellWord';
import { studyNameOf } from '../../study';
import type { Output } from '../printing/output';
import { askedOf } from './asBefore';
import { queuedOn } from './handedOver';
import { USUAL_REQUEUES, type ClusterOptions } from './options';
import { programOf } from './program';
import { refuseUnshared } from './sharedDisk';

export interface JobAsked extends Pick<JobFile, 'kind' | 'tasks' | 'command' | 'engine'> {
  /** Absolute. */
  readonly studyFile: string;
  /** See `sweepFolder`. */
  readonly sweepFolder: string;
  readonly options: ClusterOptions;
  /** Of one task; undefined where nobody can say. */
  readonly bytes: number | undefined;
  readonly seconds: number | undefined;
}

/** Asks Slurm for its version and nothing else. @throws InputError where there is none, or the host does not answer */
export async function refuseWithoutSlurm({ host }: ClusterOptions): Promise<void> {
  await slurmCommand(host ?? null, 'sbatch', ['--version']);
}

export interface Prepared {
  readonly job: JobFile;
  readonly folder: string;
  readonly script: string;
  readonly keep: () => Promise<void>;
}

/** What would be submitted; nothing is written. @throws InputError of the template, Slurm or the host */
export async function prepareJob(asked: JobAsked, output: Pick<Output, 'log'>): Promise<Prepared> {
  const { options, studyFile, sweepFolder, kind, tasks, command, engine } = asked;
  const host = options.host ?? null;
  const cluster = await clusterName(host);
  const name = jobName(studyFile);
  const folder = jobFolder(sweepFolder, name);
  const template = await readTemplate(dirname(studyFile));
  const memoryBytes = await memoryAsked(asked, output);
  const time = options.time ?? (asked.seconds === undefined ? null : timeWord(asked.seconds));
  const program = programOf(options.nodeLocal);
  const script = fillTemplate(template.text, template.file, {
    name,
    array: arrayWord(tasks.length, options.limit),
    logs: jobPaths(folder).logs,
    job: folder,
    program: program.words,
    prepare: program.prepare,
    partition: options.partition ?? null,
    account: options.account ?? null,
    time,
    warning: String(warningSeconds(time)),
    memory: memoryBytes === null ? null : memoryWord(memoryBytes),
    cpus: String(options.cpus ?? (engine === 'embedded' ? 1 : CORES_EACH)),
  });
  const job: JobFile = {
    format: JOB_FORMAT,
    name,
    scheduler: 'slurm',
    host,
    ...(cluster !== undefined && { cluster }),
    id: null,
    kind,
    studyFile,
    tasks,
    ...(command && { command }),
    engine,
    requeues: options.requeues ?? USUAL_REQUEUES,
    memoryBytes,
    time,
    asked: askedOf(options),
    submittedAt: new Date().toISOString(),
  };
  return { job, folder, script, keep: () => keepTemplate(template) };
}

/** The native engine spreads one training over several; the embedded has one thread. */
const CORES_EACH = 4;

/**
 * Job and script are written before Slurm is given them, and the job once more with the number that it answers with. What
 * it refuses leaves nothing behind. Only under the lock of submissions.
 * @throws InputError, WorkError
 */
export async function submitJob(asked: JobAsked, output: Pick<Output, 'log'>): Promise<StoredJob> {
  const { job, folder, script, keep } = await prepareJob(asked, output);
  await makeFolder(asked.sweepFolder);
  if (job.host !== null) await refuseUnshared(job.host, asked.sweepFolder, programOf(asked.options.nodeLocal).files);
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

/** More than it is thought to take: what takes more is killed. */
const SPARE = 1.25;

/** Where the cluster does not tell its nodes' memory, it refuses every amount. */
async function memoryAsked(
  { options: { memory, host }, bytes }: JobAsked,
  output: Pick<Output, 'log'>,
): Promise<number | null> {
  if (memory !== undefined) return memory === 'none' ? null : memory;
  if (bytes === undefined) return null;
  const lines = (await slurmCommand(host ?? null, 'sinfo', ['-h', '-o', '%m'])).split('\n');
  // "64000+" of nodes that have more or less; a host's greeting is none.
  const sizes = lines.filter((line) => /^\d+\+?$/.test(line.trim()));
  if (sizes.some((size) => Number.parseInt(size, 10) > 1)) return bytes * SPARE;
  output.log('This cluster does not share memory out: none is asked for.');
  return null;
}

const LONGEST_STEM = 40;

/** One of its kind, and one word for Slurm, a shell and a file system. */
function jobName(studyFile: string): string {
  const stem = studyNameOf(studyFile)
    .replace(/[^\w.-]+/g, '-')
    .slice(0, LONGEST_STEM);
  const at = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  return `epochlens-${stem}-${at}-${randomBytes(3).toString('hex')}`;
}

/** How a person asks Slurm about it. */
export function askWords({ id, host }: Pick<JobFile, 'id' | 'host'>): string {
  return `${host === null ? '' : `ssh ${shellWord(host)} `}squeue --job ${id ?? ''}`;
}
