/** A run's perturbation tests: what is kept or outdated at once, the rest as it is computed. */
import type { Handler } from '../../protocol/contract';
import type { EngineContract } from '../../protocol/engine';
import { WITHOUT_IMAGES, type Measured } from '../../measures/robustness/measured';
import type { RobustnessResultMessage } from '../../protocol/robustness';
import { openRun, selectCheckpoints } from '../../runs';
import { requireTargetLayer } from '../../models/targetLayer';
import { inputOf, modelOf } from '../../weights/fromStudy';
import { misses } from '../../measures/robustness/expectations';
import { lookUpResults, type Cell } from './lookup';
import { describeEntries, meantEntries } from './entries';
import { withSet } from '../sets';
import { createScheduler, type Scheduler } from '../scheduler';

export function robustnessHandler(
  scheduler: Scheduler,
  start: () => Promise<unknown>,
  onWarning: (text: string, error: unknown) => void,
): Handler<EngineContract, 'robustness'> {
  // A test takes long, and gives way to what is shorter, but not to another: that one may be about to compute the same.
  const testing = createScheduler();
  return async (params, { signal, progress }) => {
    const begin = performance.now();
    const run = await openRun(params.run);
    const meant = await meantEntries(run, params);
    const model = modelOf(run);
    const targetLayer = requireTargetLayer(model, meant.layer);
    const checkpoints = await selectCheckpoints(run, params.epochs);
    progress({ kind: 'start', entries: describeEntries(meant) });
    const message = (...of: [cell: Cell, state: RobustnessResultMessage['state'], measured: Measured]) =>
      resultMessage(...of, params.perImage ?? false);
    const plan = { folder: run.folder, model, input: inputOf(run.study), targetLayer, checkpoints, ...meant };
    return withSet(run, 'test', async ({ set: test }) => {
      const look = await lookUpResults({ ...plan, test });
      for (const { known, ...cell } of look.cells) {
        if (known.state === 'kept') progress(message(cell, known.state, known.measured));
        if (known.state === 'stale') progress({ ...message(cell, known.state, known.measured), was: known.was });
      }
      const missing = look.cells.filter(({ known }) => known.state !== 'kept');
      let kept = look.cells.length - missing.length;
      let computed = 0;
      if (params.compute && missing.length > 0) {
        await testing.take('soon', signal, () =>
          scheduler.take('later', signal, async (yieldTurn) => {
            await start();
            const { computeMissing } = await import('./run');
            const notKept = (error: unknown): void => onWarning('a result could not be kept', error);
            const count = (done: number, of: number): void => progress({ kind: 'count', done, of });
            const watcher = { signal, yieldTurn, notKept, progress: count };
            for await (const cell of computeMissing({ ...plan, test }, look, watcher)) {
              if (cell.kept) kept++;
              else computed++;
              progress(message(cell, cell.kept ? 'kept' : 'computed', cell.measured));
            }
          }),
        );
      }
      return {
        kept,
        computed,
        missing: params.compute ? [] : missing.map(({ place, checkpoint: { epoch } }) => ({ entry: place, epoch })),
        milliseconds: performance.now() - begin,
      };
    });
  };
}

function resultMessage(
  { place, entry, checkpoint: { epoch } }: Cell,
  state: RobustnessResultMessage['state'],
  found: Measured,
  perImage: boolean,
): RobustnessResultMessage {
  const measured = perImage ? found : { ...found, perImage: WITHOUT_IMAGES };
  // Of what is outdated nothing is judged.
  const missed = state === 'stale' ? [] : misses(entry, measured).map(({ text }) => text);
  return { kind: 'result', entry: place, epoch, state, measured, misses: missed };
}
