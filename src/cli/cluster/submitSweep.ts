/** Hands the cells of a sweep that nobody works on to the cluster. */
import { join } from 'node:path';
import { arrayWord, jobPaths } from '../../cluster';
import { counted } from '../../common/counted';
import { isReportedError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { shellWord } from '../../common/shellWord';
import { lockRun } from '../../runs';
import { locatedCell, type Cell } from '../../study';
import { changeQueue, type CellProgress, type QueueChange, type QueueFile, type SweepState } from '../../sweeps';
import type { Output } from '../printing/output';
import { bytesOfTraining } from '../sweep/jobs';
import type { StudyWithSweep } from '../sweep/latestStudy';
import { haveDownloads } from './downloads';
import { handedOver } from './handedOver';
import type { ClusterOptions } from './options';
import { cellsInParts } from './limits';
import type { JobAsked } from './jobAsked';
import { prepareJob } from './prepareJob';
import { secondsOfTask } from './secondsOfTask';
import { askWords, refuseWithoutSlurm, submitJob } from './submitJob';

export interface SweepToSubmit {
  readonly inFile: StudyWithSweep;
  readonly state: SweepState;
  /** The cells that a person means. */
  readonly planned: readonly CellProgress[];
  readonly engine: QueueFile['engine'];
  readonly options: ClusterOptions & {
    readonly dryRun?: boolean;
    readonly download?: boolean;
    readonly retry?: boolean;
  };
}

/** @throws InputError, WorkError: then nothing was submitted */
export async function submitSweep(asked: SweepToSubmit, output: Output): Promise<void> {
  const { inFile, state, options } = asked;
  const isRetry = options.retry === true;
  await refuseWithoutSlurm(options);
  const { folder, path } = inFile.studies[0];
  const free = asked.planned.filter((each) => isFree(each, state));
  const toSubmit = async (): Promise<JobAsked | undefined> => {
    const known = await handedOver(state.folder, options.host ?? null, options.dryRun !== true);
    const cells = free.filter(({ cell }) => !known.has(cell.id));
    if (cells.length > 0) return jobOf(asked, cells, folder);
    output.line(
      isRetry
        ? 'Nothing to submit: no cell has failed, was cancelled or interrupted, but for those that somebody works on.'
        : 'Nothing to submit: every cell is done, failed or cancelled, or somebody works on it.',
    );
    if (!isRetry && state.cells.some((each) => each.state === 'failed' || each.state === 'cancelled'))
      output.line(`Those that failed or were cancelled:  epochlens sweep ${shellWord(path)} --retry --on slurm`);
    output.document({ event: 'submitted', id: null, tasks: [] });
    return undefined;
  };
  if (options.dryRun === true) {
    const job = await toSubmit();
    if (job !== undefined) await show(job, output);
    return;
  }
  const studies = free.map(({ cell }) => locatedCell(inFile, cell));
  await haveDownloads(studies, options.download ?? false, output);
  await makeFolder(state.folder);
  const lock = await lockRun(join(state.folder, 'submitting'), 'submit');
  try {
    const job = await toSubmit();
    if (job === undefined) return;
    const { id, host } = (await submitJob(job, output)).job;
    output.line(`Submitted ${counted(job.tasks.length, 'cell')} to Slurm as job ${id ?? ''}.`);
    output.line(`See them:  epochlens sweep ${shellWord(path)} --status   or:  ${askWords({ id, host })}`);
    output.document({ event: 'submitted', id, tasks: job.tasks });
    // Whoever runs the sweep here leaves them to the cluster; that they were cancelled once is over.
    await changeQueue(state.folder, path, { add: job.tasks }, { done: job.tasks }, ...goingOn(asked)).catch(
      (error: unknown) => {
        // It is submitted all the same.
        if (!isReportedError(error)) throw error;
        output.log(error.message);
      },
    );
  } finally {
    await lock.release();
  }
}

/** What is handed over is not paused; a process that runs the sweep here keeps its pause. Whoever goes on takes the same engine. */
function goingOn({ state: { runner }, engine }: SweepToSubmit): QueueChange[] {
  return runner === undefined ? [{ paused: false }, { engine }] : [];
}

/** A process of this or another machine trains the others, or is about to. */
function isFree({ state }: CellProgress, { runner }: SweepState): boolean {
  return state !== 'training' && state !== 'testing' && !(state === 'queued' && runner !== undefined);
}

async function jobOf(
  { inFile, state, engine, options }: SweepToSubmit,
  cells: readonly CellProgress[],
  folder: string,
): Promise<JobAsked> {
  const bytes = await Promise.all(cells.map(({ cell }) => bytesOfTraining(cell, folder, engine)));
  const known = bytes.filter((each) => each !== undefined);
  return {
    kind: 'cells',
    studyFile: inFile.studies[0].path,
    sweepFolder: state.folder,
    tasks: cells.map(({ cell }: { readonly cell: Cell }) => cell.id),
    engine,
    options,
    bytes: known.length === 0 ? undefined : Math.max(...known),
    seconds: await secondsOfTask(cells, inFile.sweep, state, options.host ?? null),
    inParts: cellsInParts(cells, inFile.sweep.cells),
  };
}

async function show(asked: JobAsked, output: Output): Promise<void> {
  const { script, folder, job } = await prepareJob(asked, output);
  output.line(script.trimEnd());
  output.line();
  output.line(
    `Nothing is submitted. It would be ${counted(asked.tasks.length, 'cell')} as tasks ${arrayWord(asked.tasks.length, asked.options.limit)}, by: sbatch ${shellWord(jobPaths(folder).script)}`,
  );
  output.document({ event: 'dryRun', script, job });
}
