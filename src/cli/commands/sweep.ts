import type { Command } from 'commander';
import { CancelledError, InputError, WorkError } from '../../common/errors';
import { engineWord } from '../../common/engineWords';
import { shellWord } from '../../common/shellWord';
import type { EngineChoice } from '../../engine/engine';
import { lockRun } from '../../runs';
import { findCells, locatedCell, readStudyFile, refuseUntrainable, type StudiesInFile, type Sweep } from '../../study';
import { changeQueue, readQueue, stateOf, sweepFolder, type QueueChange, type SweepState } from '../../sweeps';
import { abortOnInterrupt } from '../interrupt';
import { engineChoice, wholeNumber } from '../options/arguments';
import { createOutput, type Output } from '../printing/output';
import { costText, sweepDocument, sweepTable, sweepText, type SweepCost } from '../printing/sweepTable';
import { usualJobs } from '../sweep/jobs';
import { costOf, plannedCells } from '../sweep/plan';
import { runSweep, type Told } from '../sweep/runSweep';
import { tellOf } from '../sweep/tell';

interface Options {
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
  program
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
    .option('--json', 'a line of JSON for every event on standard output')
    .action(sweepStudy);
}

const MOST_JOBS = 64;
const jobsNumber = wholeNumber('--jobs', 1, MOST_JOBS);

async function sweepStudy(file: string, options: Options): Promise<void> {
  const output = createOutput(options.json ?? false);
  const inFile = withSweep(await readStudyFile(file), file);
  const state = await stateOf(inFile);
  const ids = options.cell && new Set(options.cell.flatMap((word) => findCells(inFile.sweep, word, file)).map(idOf));
  const asked = { ids, retry: options.retry ?? false };
  const queue = await readQueue(state.folder);
  const planned = plannedCells(state, asked, queue?.cancelled ?? []);
  const jobs = options.jobs ?? queue?.jobs ?? usualJobs();
  if (options.list === true || options.status === true || options.dryRun === true) {
    const cost = await costOf(planned, jobs, inFile.studies[0].folder);
    showState(options.dryRun === true ? { ...state, cells: planned } : state, output, cost);
    output.line(costText(cost));
    return;
  }
  const { path } = inFile.studies[0];
  if (options.pause === true || options.cancel === true) {
    const cancelled = state.cells.filter(({ cell, state: each }) =>
      ids === undefined ? ['queued', 'training', 'testing'].includes(each) : ids.has(cell.id),
    );
    await changeQueue(
      state.folder,
      path,
      options.pause === true ? { paused: true } : { cancel: cancelled.map(({ cell }) => cell.id) },
    );
    showState(await stateOf(inFile), output);
    return;
  }
  const changes = [
    { add: planned.map(({ cell }) => cell.id) },
    { paused: false },
    ...(options.jobs === undefined ? [] : [{ jobs: options.jobs }]),
  ];
  for (const recipe of new Set(planned.map(({ cell }) => cell.recipe))) {
    const first = planned.find(({ cell }) => cell.recipe === recipe);
    if (first !== undefined) await refuseUntrainable(locatedCell(inFile, first.cell));
  }
  if (state.runner !== undefined) {
    const kept = options.continue === true ? changes : changes.filter((change) => !('paused' in change));
    await changeQueue(state.folder, path, ...kept);
    output.log(`Process ${state.runner.pid} on ${state.runner.host} runs this sweep, since ${state.runner.startedAt}.`);
    showState(await stateOf(inFile), output);
    return;
  }
  output.line(costText(await costOf(planned, jobs, inFile.studies[0].folder)));
  const isAlone = ids !== undefined || options.retry === true;
  const isOver = (id: string): boolean =>
    isAlone || state.cells.some(({ cell, state: each }) => cell.id === id && (each === 'done' || each === 'failed'));
  const others = (queue?.order ?? []).filter((id) => isOver(id) && !planned.some(({ cell }) => cell.id === id));
  const engine = options.engine === undefined ? [] : [{ engine: engineOf(options.engine) }];
  await run(inFile, [{ done: others }, ...changes, ...engine], options, output);
}

function idOf({ id }: { readonly id: string }): string {
  return id;
}

function engineOf(choice: EngineChoice): 'auto' | 'native' | 'embedded' {
  return choice === 'auto' ? choice : choice === 'wasm' ? 'embedded' : 'native';
}

async function run(
  inFile: StudiesInFile & { readonly sweep: Sweep },
  changes: readonly QueueChange[],
  { download = false }: Options,
  output: Output,
): Promise<void> {
  const { path } = inFile.studies[0];
  const folder = await sweepFolder(inFile.studies[0]);
  const signal = abortOnInterrupt(output, 'the sweep');
  const lock = await lockRun(folder, 'sweep');
  const failedNow = new Set<string>();
  try {
    const { engine } = await changeQueue(folder, path, ...changes);
    const before = await stateOf(inFile);
    output.log(`${sweepText(before)} (engine: ${engineWord(engine)})`);
    const told = tellOf(inFile, output);
    const ended: Told['ended'] = (cell, outcome) => {
      if (outcome?.error !== undefined) failedNow.add(cell.id);
      told.ended(cell, outcome);
    };
    await runSweep({ inFile, folder, engine, download }, { ...told, ended }, output, signal);
  } finally {
    await lock.release();
  }
  const after = await stateOf(withSweep(await readStudyFile(path).catch(() => inFile), path));
  output.line(sweepText(after));
  output.document({ event: 'ended', ...sweepDocument(after) });
  if (signal.aborted) {
    output.log(`Cancelled. Go on with:  epochlens sweep ${shellWord(path)}`);
    throw new CancelledError();
  }
  const failed = after.cells.filter(({ cell, state }) => state === 'failed' && failedNow.has(cell.id));
  if (failed.length === 0) return;
  throw new WorkError(`${failed.length} of ${after.cells.length} cells failed`, {
    file: path,
    lines: failed.map(({ cell, error }) => `  ${cell.recipe}, seed ${cell.seed}: ${error ?? 'see its log.txt'}`),
    advice: `Mend what is wrong, and try them again by: epochlens sweep ${shellWord(path)} --retry`,
  });
}

/** @param cost of the cells that are left, where it is known */
function showState(state: SweepState, output: Output, cost?: SweepCost): void {
  for (const line of sweepTable(state)) output.line(line);
  output.line(sweepText(state));
  output.document({ ...sweepDocument(state), ...(cost && { cost }) });
}

/** @throws InputError where it has none */
function withSweep(inFile: StudiesInFile, file: string): StudiesInFile & { readonly sweep: Sweep } {
  const { sweep } = inFile;
  if (sweep !== undefined) return { ...inFile, sweep };
  throw new InputError('the study has no sweep', {
    file,
    expected: 'a "sweep" in the study file',
    advice: 'Such as: "sweep": { "axes": { "training.learningRate": [0.1, 0.05] }, "seeds": 3 }',
  });
}
