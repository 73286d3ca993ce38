import type { Command } from 'commander';
import { shellWord } from '../../common/shellWord';
import type { EngineChoice } from '../../engine/engine';
import { locatedCell, refuseUntrainable } from '../../study';
import { changeQueue, stateOf, type QueueChange, type Runner, type SweepState } from '../../sweeps';
import { asBefore } from '../cluster/asBefore';
import { refuseUnknown } from '../cluster/handedOver';
import { addClusterOptions, refuseWithoutCluster, type ClusterOptions } from '../cluster/options';
import { printManifest } from '../cluster/printManifest';
import { refuseIdle } from '../cluster/refuseIdle';
import { submitSweep } from '../cluster/submitSweep';
import { writeScript } from '../cluster/writeScript';
import { engineChoice, wholeNumber } from '../options/arguments';
import { createOutput, type Output } from '../printing/output';
import { costText, sweepDocument, sweepTable, sweepText, type SweepCost } from '../printing/sweepTable';
import { cancelChange, changesForRunner, changesForStart, engineOf } from '../sweep/changesAsked';
import { sweepHere } from '../sweep/foreground';
import { cancelOnCluster, holdOnCluster } from '../sweep/onCluster';
import { isOnCluster, isQueuedHere, situationOf, type CellsAsked, type Situation } from '../sweep/situation';
import { checkLogging } from '../training/logging';

interface Options extends ClusterOptions, CellsAsked {
  readonly list?: boolean;
  readonly status?: boolean;
  readonly dryRun?: boolean;
  readonly script?: boolean;
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
    .option('--script', 'write slurm.epochlens.sh beside the study, to be edited before --on slurm; start nothing')
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
  const asks = isAsking(options);
  refuseWithoutCluster(options, asks);
  refuseIdle(options);
  const output = createOutput(options.json ?? false);
  if (options.script === true) return writeScript(file, output);
  const { host, ...others } = options;
  const now = await situationOf(file, asks && host !== undefined ? { ...others, host } : others, output);
  if (options.list === true || options.status === true || (options.dryRun === true && options.on === undefined))
    return showPlan(now, options, output);
  if (options.pause === true) {
    await holdOnCluster(now.state, now, true, output);
    await change(now, { paused: true }, output);
    return refuseUnknown(now.folder, now.through);
  }
  if (options.cancel === true) {
    const left = await cancelOnCluster(now.state, now, output);
    await change(now, cancelChange(now.state, now.ids, left), output);
    return refuseUnknown(now.folder, now.through);
  }
  if (options.continue === true) {
    const isAll = await goOnThere(now, options, output);
    // Before anything is begun here, which that job may have as well.
    await refuseUnknown(now.folder, now.through);
    if (isAll) return;
  }
  await refuseUntrainables(now);
  if (options.on !== undefined) return handOver(now, options, output);
  if (now.state.runner !== undefined) return leaveToRunner(now, now.state.runner, options, output);
  output.line(costText(await now.cost(), now.state));
  const asked = { ...options, ids: now.ids, retry: options.retry ?? false };
  const changes = changesForStart(now.state, now.queue, now.planned, asked);
  await sweepHere({ inFile: now.inFile, folder: now.folder, changes, download: options.download ?? false }, output);
}

/** Of what was submitted before: it submits nothing. */
function isAsking({ list, status, pause, cancel, continue: goesOn, on }: Options): boolean {
  return [list, status, pause, cancel].includes(true) || (goesOn === true && on === undefined);
}

async function showPlan(now: Situation, { dryRun = false }: Options, output: Output): Promise<void> {
  // The cluster's own are none of those that are left to train here.
  const isAllAway = now.planned.length === 0 && isOnCluster(now);
  const shown = dryRun ? { ...now.state, cells: now.planned } : now.state;
  showState(shown, output, isAllAway ? undefined : await now.cost());
}

async function change(
  { inFile, folder, path, through }: Situation,
  queueChange: QueueChange,
  output: Output,
): Promise<void> {
  await changeQueue(folder, path, queueChange);
  showState(await stateOf(inFile, through), output);
}

/** Releases what a scheduler holds. @returns whether that is all: nothing waits for a process here */
async function goOnThere(now: Situation, { on }: Options, output: Output): Promise<boolean> {
  await holdOnCluster(now.state, now, false, output);
  if (!isOnCluster(now) || now.state.runner !== undefined || isQueuedHere(now) || on !== undefined) return false;
  await change(now, { paused: false }, output);
  if (now.planned.length > 0) output.log(`Nothing is begun here. The others:  epochlens sweep ${shellWord(now.path)}`);
  return true;
}

async function handOver({ inFile, state, planned, queue }: Situation, options: Options, output: Output): Promise<void> {
  const isAgain = options.retry === true && options.on === 'slurm';
  const before = isAgain ? await asBefore(options, state, planned, output) : { options, engine: undefined };
  const engine = options.engine === undefined ? (before.engine ?? queue?.engine ?? 'auto') : engineOf(options.engine);
  const submit = options.on === 'slurm' ? submitSweep : printManifest;
  await submit({ inFile, state, planned, engine, options: before.options }, output);
}

async function leaveToRunner(now: Situation, runner: Runner, options: Options, output: Output): Promise<void> {
  await changeQueue(now.folder, now.path, ...changesForRunner(now.planned, options));
  output.log(`Process ${runner.pid} on ${runner.host} runs this sweep, since ${runner.startedAt}.`);
  showState(await stateOf(now.inFile), output);
}

/** @throws InputError where one of the recipes cannot be trained at all, or no server is there for all to be told of */
async function refuseUntrainables({ planned, inFile }: Situation): Promise<void> {
  if (planned.length > 0) checkLogging(inFile.studies[0].logging);
  const firsts = new Map([...planned].reverse().map(({ cell }) => [cell.recipe, cell]));
  for (const cell of firsts.values()) await refuseUntrainable(locatedCell(inFile, cell));
}

/** @param cost of the cells that are left, where it is known */
function showState(state: SweepState, output: Output, cost?: SweepCost): void {
  for (const line of sweepTable(state)) output.line(line);
  output.line(sweepText(state));
  if (cost !== undefined) output.line(costText(cost, state));
  output.document({ ...sweepDocument(state), ...(cost && { cost }) });
}
