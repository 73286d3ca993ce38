import type { Command } from 'commander';
import { isLive, lookAtScheduler } from '../../cluster';
import { InputError, isReportedError } from '../../common/errors';
import { shellWord } from '../../common/shellWord';
import type { EngineChoice } from '../../engine/engine';
import { findCells, locatedCell, readStudyFile, refuseUntrainable, type StudiesInFile } from '../../study';
import { changeQueue, readQueue, stateOf, sweepFolder, type CellProgress, type SweepState } from '../../sweeps';
import { asBefore } from '../cluster/asBefore';
import { addClusterOptions, refuseWithoutCluster, type ClusterOptions } from '../cluster/options';
import { printManifest } from '../cluster/printManifest';
import { submitSweep } from '../cluster/submitSweep';
import { engineChoice, wholeNumber } from '../options/arguments';
import { createOutput, type Output } from '../printing/output';
import { costText, sweepDocument, sweepTable, sweepText, type SweepCost } from '../printing/sweepTable';
import { cancelChange, changesForRunner, changesForStart, engineOf } from '../sweep/changesAsked';
import { sweepHere } from '../sweep/foreground';
import { usualJobs } from '../sweep/jobs';
import type { StudyWithSweep } from '../sweep/latestStudy';
import { cancelOnCluster, holdOnCluster, liveTasks } from '../sweep/onCluster';
import { costOf, plannedCells } from '../sweep/plan';

interface Options extends ClusterOptions {
  readonly list?: boolean;
  readonly status?: boolean;
  readonly dryRun?: boolean;
  readonly jobs?: number;
  readonly cell?: readonly string[];
  readonly retry?: boolean;
  readonly pause?: boolean;
  readonly continue?: boolean;
  readonly cancel?: boolean;
  readonly engine?: EngineChoice;
  readonly download?: boolean;
  readonly json?: boolean;
}

/** `sweep`: the cells of a study's sweep, each trained and tested as a run of its own. */
export function addSweep(program: Command): void {
  const command = program
    .command('sweep')
    .description('train and test every cell of a study’s sweep, recipes × seeds, each as a run of its own')
    .argument('<study>', 'a NAME.epochlens.json file with a "sweep"')
    .option('--list', 'show the cells, how far they are, and what is left to train; start nothing')
    .option('--status', 'the same')
    .option('--dry-run', 'show which cells would be trained, and start nothing')
    .option('--jobs <n>', 'trainings at once (default: one for every four cores, as far as memory allows)', jobsNumber)
    .option('--cell <cells...>', 'only these: ids, RECIPE/SEED, or RECIPE for all of its seeds')
    .option('--retry', 'only those that failed, were cancelled or interrupted')
    .option('--pause', 'start nothing more; what runs goes on to its end')
    .option('--continue', 'go on after --pause')
    .option('--cancel', 'stop the cells that run or wait, or those of --cell')
    .option('--engine <name>', 'native, embedded or auto (default: as before, else auto)', engineChoice)
    .option('--download', 'fetch the data set when its folder is absent')
    .option('--json', 'a line of JSON for every event on standard output');
  addClusterOptions(command).action(sweepStudy);
}

const MOST_JOBS = 64;
const jobsNumber = wholeNumber('--jobs', 1, MOST_JOBS);

async function sweepStudy(file: string, options: Options): Promise<void> {
  refuseWithoutCluster(options);
  const output = createOutput(options.json ?? false);
  const inFile = withSweep(await readStudyFile(file), file);
  const { path, folder: studyFolder } = inFile.studies[0];
  const folder = await sweepFolder(path);
  await lookOrSay(folder, output);
  const state = await stateOf(inFile);
  const { runner } = state;
  const ids = options.cell && new Set(options.cell.flatMap((word) => findCells(inFile.sweep, word, file)).map(idOf));
  const asked = { ids, retry: options.retry ?? false };
  const queue = await readQueue(folder);
  const planned = plannedCells(state, asked, queue?.cancelled ?? []);
  const cost = async (): Promise<SweepCost> => costOf(planned, options.jobs ?? queue?.jobs ?? usualJobs(), studyFolder);
  if (options.list === true || options.status === true || (options.dryRun === true && options.on === undefined)) {
    // The cluster's own are none of those that are left to train here.
    const isAllAway = planned.length === 0 && liveTasks(state, ids).length > 0;
    showState(
      options.dryRun === true ? { ...state, cells: planned } : state,
      output,
      isAllAway ? undefined : await cost(),
    );
    return;
  }
  if (options.pause === true || options.cancel === true) {
    await (options.pause === true ? holdOnCluster(state, ids, true) : cancelOnCluster(state, ids));
    await changeQueue(folder, path, options.pause === true ? { paused: true } : cancelChange(state, ids));
    showState(await stateOf(inFile), output);
    return;
  }
  const isReleased = options.continue === true && liveTasks(state, ids).length > 0;
  if (options.continue === true) await holdOnCluster(state, ids, false);
  if (isReleased && runner === undefined && !isQueuedHere(state, ids) && options.on === undefined) {
    await changeQueue(folder, path, { paused: false });
    showState(await stateOf(inFile), output);
    if (planned.length > 0) output.log(`Nothing is begun here. The others:  epochlens sweep ${shellWord(path)}`);
    return;
  }
  await refuseUntrainables(planned, inFile);
  if (options.on !== undefined) {
    const isAgain = options.retry === true && options.on === 'slurm';
    const before = isAgain ? await asBefore(options, state, planned, output) : { options, engine: undefined };
    const engine = options.engine === undefined ? (before.engine ?? queue?.engine ?? 'auto') : engineOf(options.engine);
    const handOver = options.on === 'slurm' ? submitSweep : printManifest;
    await handOver({ inFile, state, planned, engine, options: before.options }, output);
    return;
  }
  if (runner !== undefined) {
    await changeQueue(folder, path, ...changesForRunner(planned, options));
    output.log(`Process ${runner.pid} on ${runner.host} runs this sweep, since ${runner.startedAt}.`);
    showState(await stateOf(inFile), output);
    return;
  }
  output.line(costText(await cost()));
  const changes = changesForStart(state, queue, planned, { ...options, ...asked });
  await sweepHere({ inFile, folder, changes, download: options.download ?? false }, output);
}

/** Whether a cell waits for a process of this machine; of those that a cluster has none does. */
function isQueuedHere({ cells }: SweepState, ids: ReadonlySet<string> | undefined): boolean {
  return cells.some(({ cell, state, task }) => state === 'queued' && !isLive(task) && ids?.has(cell.id) !== false);
}

/** That nobody can be asked stops nothing: the files say how far it was. */
async function lookOrSay(folder: string, output: Output): Promise<void> {
  try {
    await lookAtScheduler(folder);
  } catch (error) {
    if (!isReportedError(error)) throw error;
    output.log(error.message);
  }
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

/** @throws InputError where one of the recipes cannot be trained at all */
async function refuseUntrainables(planned: readonly CellProgress[], inFile: StudyWithSweep): Promise<void> {
  const firsts = new Map([...planned].reverse().map(({ cell }) => [cell.recipe, cell]));
  for (const cell of firsts.values()) await refuseUntrainable(locatedCell(inFile, cell));
}

/** @param cost of the cells that are left, where it is known */
function showState(state: SweepState, output: Output, cost?: SweepCost): void {
  for (const line of sweepTable(state)) output.line(line);
  output.line(sweepText(state));
  if (cost !== undefined) output.line(costText(cost));
  output.document({ ...sweepDocument(state), ...(cost && { cost }) });
}

/** @throws InputError where it has none */
function withSweep(inFile: StudiesInFile, file: string): StudyWithSweep {
  const { sweep } = inFile;
  if (sweep !== undefined) return { ...inFile, sweep };
  throw new InputError('the study has no sweep', {
    file,
    expected: 'a "sweep" in the study file',
    advice: 'Such as: "sweep": { "axes": { "training.learningRate": [0.1, 0.05] }, "seeds": 3 }',
  });
}
