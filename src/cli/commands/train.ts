import type { Command } from 'commander';
import type { NetworkName } from '../../architectures';
import { InputError } from '../../common/errors';
import { counted } from '../../common/counted';
import { shellWord } from '../../common/shellWord';
import type { EngineChoice } from '../../engine/engine';
import { isRunFolder, openRun } from '../../runs';
import {
  findCells,
  locatedCell,
  readStudyFile,
  readStudyOf,
  studyHash,
  type Cell,
  type LocatedStudy,
  type StudiesInFile,
  type Sweep,
} from '../../study';
import { agreeOnAnother } from '../training/another';
import { networkName, engineChoice } from '../options/arguments';
import { lazyEngine } from '../computing';
import { abortOnInterrupt } from '../interrupt';
import { sayNamesakes } from '../printing/namesakes';
import { createOutput } from '../printing/output';
import { trainStudy } from '../training/trainStudy';

interface Options {
  readonly run?: string;
  readonly resume?: boolean;
  readonly resetOptimizer?: boolean;
  readonly another?: boolean;
  readonly architecture?: NetworkName;
  readonly cell?: string;
  readonly engine: EngineChoice;
  readonly download?: boolean;
  readonly json?: boolean;
}

/** `train`: a whole training into a run folder, in this process. */
export function addTrain(program: Command): void {
  program
    .command('train')
    .description('train a study, keeping a checkpoint of every epoch from 0, before training, on')
    .argument('<study>', 'a NAME.epochlens.json file')
    .option(
      '--run <folder>',
      'the run folder, also beside a training of the same study that runs (default: a new one under .epochlens/runs, or with --resume the newest)',
    )
    .option('--resume', 'go on where it was stopped, or after the newest epoch that is whole')
    .option('--reset-optimizer', 'with --resume: begin with a momentum of zero where the optimiser state is lost')
    .option('--another', 'train even where the same study is being trained; without it a terminal is asked')
    .option('--architecture <name>', 'of a study of several models: only this one', networkName)
    .option('--cell <id>', 'of a sweep: this cell alone, by its id or as RECIPE/SEED')
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--download', 'fetch the data set (CIFAR-10: 170 MB) when its folder is absent')
    .option('--json', 'a line of JSON for every event on standard output')
    .action(trainStudies);
}

/** The study of each model that the file names, or of one of them, one after another. */
async function trainStudies(file: string, options: Options): Promise<void> {
  refuseUnused(options);
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the training');
  const { studies, cell, sweep } = await chosenStudies(file, options);
  const several = studies.length > 1;
  if (cell === undefined && sweep !== undefined && options.resume !== true)
    output.log(
      `This trains the study as it stands. Its sweep of ${counted(sweep.cells.length, 'run')}:  epochlens sweep ${shellWord(file)}`,
    );
  await sayNamesakes(studies[0], output);
  const start = lazyEngine(options.engine, output);
  // Before hours of training the first of them, not after.
  if (several) for (const located of studies) await agreeOnAnother(located, { ...options, cell }, output, signal);
  for (const [index, located] of studies.entries()) {
    const { architecture } = located.study.model;
    if (several) output.log(`${architecture}, ${index + 1} of ${studies.length} models`);
    const run = await trainStudy(located, { ...options, start, several, cell }, output, signal);
    output.line();
    output.line(`Finished. The run is in ${run.folder}`);
    if (!several) output.line(`See it:  epochlens report ${shellWord(run.folder)}`);
  }
  if (several) output.line(`See them:  epochlens report ${shellWord(file)}`);
}

/** A new training has no momentum that could be lost. */
function refuseUnused({ resetOptimizer, resume, cell, architecture }: Options): void {
  if (cell !== undefined && architecture !== undefined)
    throw new InputError('an option that plays no part here', {
      place: '--architecture',
      expected: 'it without --cell',
    });
  if (resetOptimizer !== true || resume === true) return;
  throw new InputError('an option that plays no part here', {
    place: '--reset-optimizer',
    expected: 'it with --resume',
  });
}

interface Chosen {
  readonly studies: readonly [LocatedStudy, ...LocatedStudy[]];
  /** The cell of the file's sweep that it is. */
  readonly cell?: Cell | undefined;
  readonly sweep?: Sweep | undefined;
}

async function chosenStudies(file: string, { architecture, run, resume, cell }: Options): Promise<Chosen> {
  const inFile = await readStudyFile(file);
  const { studies, sweep } = inFile;
  if (cell !== undefined) return ofCell(inFile, cellNamed(sweep, cell, file));
  // A run that is there says which cell or which model it is of.
  const existing = resume === true && run !== undefined && (await isRunFolder(run)) ? await openRun(run) : undefined;
  const own = sweep?.cells.find(({ id }) => id === existing?.manifest.studyHash);
  const isPlain = studies.some(({ study }) => studyHash(study) === existing?.manifest.studyHash);
  if (own !== undefined && !isPlain) return ofCell(inFile, own);
  if (architecture !== undefined) return { studies: [await readStudyOf(file, architecture)], sweep };
  if (studies.length === 1 || run === undefined) return { studies, sweep };
  if (resume === true)
    return { studies: [await readStudyOf(file, (await openRun(run)).study.model.architecture)], sweep };
  throw new InputError('one run folder for several models', {
    file,
    place: '--run',
    found: studies.map(({ study }) => study.model.architecture).join(', '),
    expected: '--architecture NAME with it, or no --run',
  });
}

function ofCell(inFile: StudiesInFile, cell: Cell): Chosen {
  return { studies: [locatedCell(inFile, cell)], cell, sweep: inFile.sweep };
}

function cellNamed(sweep: Sweep | undefined, word: string, file: string): Cell {
  if (sweep === undefined)
    throw new InputError('the study has no sweep', { file, place: '--cell', expected: 'a "sweep" in the study file' });
  const [cell, ...others] = findCells(sweep, word, file);
  if (cell !== undefined && others.length === 0) return cell;
  throw new InputError('several cells', {
    file,
    place: '--cell',
    found: `${JSON.stringify(word)}, a recipe of ${String(others.length + 1)} seeds`,
    expected: 'one of them, such as RECIPE/SEED',
    advice: 'All of them are trained by "epochlens sweep".',
  });
}
