/** A sweep that this process runs, from its lock to what is said in the end. */
import { CancelledError, WorkError } from '../../common/errors';
import { engineWord } from '../../common/engineWords';
import { shellWord } from '../../common/shellWord';
import { lockRun } from '../../runs';
import { readStudyFile } from '../../study';
import { changeQueue, stateOf, sweepPaths, type QueueChange } from '../../sweeps';
import { abortOnInterrupt } from '../interrupt';
import type { Output } from '../printing/output';
import { sweepDocument, sweepText } from '../printing/sweepTable';
import type { StudyWithSweep } from './latestStudy';
import { runSweep } from './runSweep';
import { withLog } from './sweepLog';
import type { Told } from './sweepRun';
import { tellOf } from './tell';

export interface Foreground {
  readonly inFile: StudyWithSweep;
  /** See `sweepFolder`. */
  readonly folder: string;
  /** Made before it begins. */
  readonly changes: readonly QueueChange[];
  readonly download: boolean;
}

/**
 * @throws InputError where another process runs it; CancelledError after Ctrl-C; WorkError where cells failed that it
 * worked on, or their processes were killed, naming them
 */
export async function sweepHere({ inFile, folder, changes, download }: Foreground, printed: Output): Promise<void> {
  const { path } = inFile.studies[0];
  const output = withLog(printed, sweepPaths(folder).log);
  const signal = abortOnInterrupt(output, 'the sweep');
  const lock = await lockRun(folder, 'sweep');
  const failedNow = new Set<string>();
  const killedNow = new Set<string>();
  try {
    const { engine } = await changeQueue(folder, path, ...changes);
    output.log(`${sweepText(await stateOf(inFile))} (engine: ${engineWord(engine)})`);
    const told = tellOf(inFile, output);
    const ended: Told['ended'] = (cell, outcome, isKilled) => {
      if (outcome?.error !== undefined) failedNow.add(cell.id);
      if (isKilled) killedNow.add(cell.id);
      told.ended(cell, outcome, isKilled);
    };
    await runSweep({ inFile, folder, engine, download }, { ...told, ended }, output, signal);
  } finally {
    await lock.release();
  }
  const { sweep } = await readStudyFile(path).catch(() => inFile);
  const after = await stateOf({ ...inFile, sweep: sweep ?? inFile.sweep });
  output.line(sweepText(after));
  output.document({ event: 'ended', ...sweepDocument(after) });
  if (signal.aborted) {
    output.log(`Cancelled. Go on with:  epochlens sweep ${shellWord(path)}`);
    throw new CancelledError();
  }
  const again = `epochlens sweep ${shellWord(path)}`;
  const failed = after.cells.filter(({ cell, state }) => state === 'failed' && failedNow.has(cell.id));
  const killed = after.cells.filter(({ cell, state }) => state !== 'done' && killedNow.has(cell.id));
  if (failed.length + killed.length === 0) return;
  throw new WorkError(`${failed.length + killed.length} of ${after.cells.length} cells failed`, {
    file: path,
    lines: [
      ...failed.map(({ cell, error }) => `  ${cell.recipe}, seed ${cell.seed}: ${error ?? 'see its log.txt'}`),
      ...killed.map(({ cell }) => `  ${cell.recipe}, seed ${cell.seed}: the process that worked on it was killed`),
    ],
    advice: [
      ...(failed.length > 0 ? [`Mend what is wrong, and try them again by: ${again} --retry`] : []),
      ...(killed.length > 0 ? [`Go on with those that were killed by: ${again}`] : []),
    ].join('; '),
  });
}
