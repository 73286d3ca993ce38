/** One cell of a sweep: its training, taken up where it stopped, and then its tests. */
import { setTimeout } from 'node:timers/promises';
import { dropUnbegun, readStatus, runPaths } from '../../runs';
import { locatedCell, type Cell, type StudiesInFile, type Sweep } from '../../study';
import { claimCell, readOutcomes, runsOfCells, testsKey, type Outcome, type RunOfCell, sweepPaths } from '../../sweeps';
import { runCommand, type Ended } from './child';
import { runFolderOf } from './runFolderOf';
import { testCommands } from './tests';

export interface CellWork {
  readonly cell: Cell;
  readonly inFile: StudiesInFile;
  /** See `sweepFolder`. */
  readonly folder: string;
  readonly tests: Sweep['tests'];
  readonly engine: string;
  readonly download: boolean;
  readonly signal: AbortSignal;
  /** Called when it begins with the training, or with the tests. */
  readonly begin: (phase: 'training' | 'testing', run: string, how: 'new' | 'resumed' | 'waiting') => void;
}

/** Undefined where it was stopped, or its process killed: then it is gone on with another time. */
export async function workOnCell(work: CellWork): Promise<Outcome | undefined> {
  const { cell, folder, signal, begin } = work;
  const waits = (): void => begin('training', sweepPaths(folder).cell(cell.id), 'waiting');
  const claim = await claimCell(folder, cell.id, { signal, waits });
  try {
    return claim && (await workOnClaimed(work));
  } finally {
    await claim?.release();
  }
}

async function workOnClaimed(work: CellWork): Promise<Outcome | undefined> {
  const existing = await whenNobodyTrains(work);
  if (work.signal.aborted) return undefined;
  const done = await outcomeOfDone(work, existing);
  if (done !== undefined) return done;
  const trained = existing?.state === 'finished' ? { run: existing.run.folder } : await trainCell(work, existing);
  if (trained === undefined || 'failed' in trained) return trained;
  return testCell(work, trained.run);
}

/** Whoever held the cell before may have brought it to its end. */
async function outcomeOfDone(
  { cell, folder, tests }: CellWork,
  existing: RunOfCell | undefined,
): Promise<Outcome | undefined> {
  const outcome = (await readOutcomes(folder))[cell.id];
  const isDone = existing?.state === 'finished' && outcome?.run === existing.run.folder && outcome.error === undefined;
  return isDone && outcome.tested === testsKey(cell, tests) ? outcome : undefined;
}

/** A training of the same cell that runs already, whoever has started it, is waited for. */
async function whenNobodyTrains({ cell, inFile, begin, signal }: CellWork): Promise<RunOfCell | undefined> {
  const { path } = inFile.studies[0];
  for (let isFirst = true; ; isFirst = false) {
    const own = (await runsOfCells(path)).get(cell.id);
    if (own?.state !== 'training' || signal.aborted) return own;
    if (isFirst) begin('training', own.run.folder, 'waiting');
    await setTimeout(WAIT_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
}

const WAIT_MILLISECONDS = 1000;

async function trainCell(
  { cell, inFile, engine, download, signal, begin }: CellWork,
  existing: RunOfCell | undefined,
): Promise<Outcome | undefined> {
  const located = locatedCell(inFile, cell);
  const { run, resumes } = await runFolderOf(cell.id, located, existing);
  begin('training', run, resumes ? 'resumed' : 'new');
  const words = ['train', located.path, '--cell', cell.id, '--run', run, '--engine', engine];
  const options = [...(resumes ? ['--resume'] : []), ...(download ? ['--download'] : [])];
  const ended = await runCommand([...words, ...options], runPaths(run).log, signal);
  if (ended.code === 0) return { run };
  if (signal.aborted || ended.signal !== null) {
    // Stopped before it was a run: of those that are begun again and again nothing is left.
    if (!resumes) await dropUnbegun(run);
    return undefined;
  }
  const status = await readStatus(run);
  return { run, failed: 'training', error: status?.error ?? errorOf(ended) };
}

async function testCell({ cell, tests, engine, signal, begin }: CellWork, run: string): Promise<Outcome | undefined> {
  const commands = testCommands(cell.study, tests, { run, engine });
  if (commands.length > 0) begin('testing', run, 'new');
  for (const words of commands) {
    const ended = await runCommand(words, runPaths(run).log, signal);
    if (isMeasured(ended)) continue;
    if (signal.aborted || ended.signal !== null) return undefined;
    return { run, failed: 'testing', error: `${words[0] ?? ''}: ${errorOf(ended)}` };
  }
  const tested = testsKey(cell, tests);
  return { run, ...(tested !== undefined && { tested }) };
}

/** A checkpoint that misses what is expected of it ends the command with 1: it is measured all the same. */
function isMeasured({ code, stdout }: Ended): boolean {
  return code === 0 || (code === 1 && stdout.trimEnd().endsWith('}'));
}

function errorOf({ error, code }: Ended): string {
  return error ?? `its process ended with ${String(code)}`;
}
