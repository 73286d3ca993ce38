/** Hands the shards of a command on a run to the cluster: an array of as many tasks. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { arrayWord, jobPaths, readJobs, type JobFile } from '../../cluster';
import { counted } from '../../common/counted';
import { InputError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { shellWord } from '../../common/shellWord';
import type { EngineChoice } from '../../engine/engine';
import { lockRun, runPaths, type Run } from '../../runs';
import { sweepFolder } from '../../sweeps';
import type { ShardOptions } from '../options/shard';
import type { Output } from '../printing/output';
import { engineOf } from '../sweep/changesAsked';
import { queuedOn } from './handedOver';
import { mergedPath } from './mergeShares';
import type { JobAsked } from './jobAsked';
import { prepareJob } from './prepareJob';
import { refuseWithoutSlurm, submitJob } from './submitJob';

/** Options of the submission, which its tasks are not given; those with a value, and those without. */
const WITH_VALUE = /^--(on|shards|host|limit|partition|account|time|memory|cpus|requeues|node-local)(=.*)?$/;
const WITHOUT_VALUE = /^--(dry-run|json)$/;

/**
 * The words of the command for a task, whose working folder may be another: files are named by their whole paths.
 * @param typed behind the program's name
 * @param run the places, absolute, that mean the run: its folder, its run.json, and its study file
 * @param folder the run's, which is named in their place: a study's newest run may be another one when a task begins
 */
export function wordsForTasks(typed: readonly string[], run: readonly string[], folder?: string): string[] {
  const words: string[] = [];
  for (let at = 0; at < typed.length; at++) {
    const word = typed[at] as string;
    const ofSubmission = WITH_VALUE.exec(word);
    if (ofSubmission !== null) {
      if (ofSubmission[2] === undefined) at++;
    } else if (!WITHOUT_VALUE.test(word)) words.push(at > 0 ? placed(word, run, folder) : word);
  }
  return words;
}

/** "PLACE" or "--option=PLACE". A word such as "all" is no place, whatever lies in the folder, but where it is the run. */
function placed(word: string, run: readonly string[], folder: string | undefined): string {
  const [, option = '', place = ''] = /^(--[\w-]+=)?(.*)$/s.exec(word) ?? [];
  const path = resolve(place);
  if (run.includes(path)) return `${option}${folder ?? path}`;
  const isPlace = !place.startsWith('-') && /[./\\]/.test(place) && existsSync(place);
  return isPlace ? `${option}${path}` : word;
}

/**
 * @param runs that the command is about, at least one: the job lies beside the sweep of their study
 * @throws InputError, WorkError: then nothing was submitted
 */
export async function submitShards(
  [first, ...others]: readonly [Run, ...Run[]],
  { shards = 0, engine, dryRun = false, ...options }: ShardOptions & { readonly engine: EngineChoice },
  output: Output,
): Promise<void> {
  if (options.on === 'kubernetes') {
    throw new InputError('shards are handed to Slurm alone', {
      place: '--on',
      found: 'kubernetes',
      expected: 'slurm',
      advice: `In the pods of an Indexed Job, run the command with --shard $((JOB_COMPLETION_INDEX + 1))/${String(shards)}.`,
    });
  }
  await refuseWithoutSlurm(options);
  const places = [first.folder, runPaths(first.folder).manifest, first.studyFile];
  // The runs of several models have one name between them: the study's.
  const isOne = others.every(({ folder }) => folder === first.folder);
  const command = wordsForTasks(process.argv.slice(2), places, isOne ? first.folder : undefined);
  const folder = await sweepFolder(first.studyFile);
  const asked: JobAsked = {
    kind: 'shards',
    studyFile: first.studyFile,
    sweepFolder: folder,
    tasks: Array.from({ length: shards }, (_, at) => `${String(at + 1)}/${String(shards)}`),
    command,
    engine: engineOf(engine),
    options,
    bytes: undefined,
    seconds: undefined,
    inParts: (most) => `Divide it into fewer${most === undefined ? '' : `, such as --shards ${String(most)}`}.`,
  };
  if (dryRun) {
    const { script, job } = await prepareJob(asked, output);
    output.line(script.trimEnd());
    output.line(
      `\nNothing is submitted. It would be ${counted(shards, 'shard')} as tasks ${arrayWord(shards, options.limit)}.`,
    );
    output.document({ event: 'dryRun', script, job });
    return;
  }
  await makeFolder(folder);
  const lock = await lockRun(join(folder, 'submitting'), 'submit');
  try {
    await refuseQueued(folder, { command, run: first, host: options.host ?? null });
    const { folder: jobFolder, job } = await submitJob(asked, output);
    const { id, host } = job;
    const merged = mergedPath(jobFolder);
    const { logs } = jobPaths(jobFolder);
    const again = ['epochlens', ...command].map(shellWord).join(' ');
    const askAgain = (option: string): string => askWords(command, first, host, option);
    output.line(`Submitted ${counted(shards, 'shard')} to Slurm as job ${id ?? ''}.`);
    output.line(`See them:  ${askAgain('--status')}    cancel them:  ${askAgain('--cancel')}`);
    output.line(`What each prints, and why one failed:  ${logs}`);
    output.line(`The last of them writes what the command says with --json:  ${merged}`);
    output.line(`Once they are done, this finds all of it kept:  ${again}`);
    output.document({ event: 'submitted', id, tasks: asked.tasks, command, merged, logs });
  } finally {
    await lock.release();
  }
}

/** @throws InputError where the scheduler has the same command already: two would compute the same */
async function refuseQueued(
  folder: string,
  { command, run, host }: { readonly command: readonly string[]; readonly run: Run; readonly host: string | null },
): Promise<void> {
  const isSame = ({ kind, command: words, host: of }: JobFile): boolean =>
    kind === 'shards' && of === host && JSON.stringify(words) === JSON.stringify(command);
  const same = (await readJobs(folder)).filter(({ job }) => isSame(job));
  if (same.length === 0) return;
  const names = new Set((await queuedOn(host)).flatMap(({ name, isEnding }) => (isEnding ? [] : name)));
  const queued = same.find(({ job }) => names.has(job.name));
  if (queued === undefined) return;
  throw new InputError('the scheduler has this command already', {
    found: `job ${queued.job.id ?? queued.job.name}`,
    expected: 'no job of it that waits or runs',
    advice: `Wait for it, or cancel it. See it by: ${askWords(command, run, host, '--status')}`,
  });
}

/** How a person asks after what was handed over, or for its end. */
function askWords([name = '']: readonly string[], run: Run, host: string | null, option: string): string {
  const there = host === null ? [] : ['--host', host];
  return ['epochlens', name, run.folder, option, ...there].map(shellWord).join(' ');
}
