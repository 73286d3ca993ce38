/** What a checkpoint takes each image of a set for: kept by the checkpoint's and the set's content. */
import { CancelledError } from '../../common/errors';
import type { Handler } from '../../protocol/contract';
import type { EngineContract } from '../../protocol/engine';
import { openRun, selectCheckpoints } from '../../runs';
import { inputOf, modelOf } from '../../weights/fromStudy';
import { loadPredictions, storePredictions } from './store';
import { hashCheckpoint } from '../../weights/hashedCheckpoint';
import { withSet } from '../sets';
import type { Scheduler } from '../scheduler';

export function predictionsHandler(
  scheduler: Scheduler,
  start: () => Promise<unknown>,
  onWarning: (text: string, error: unknown) => void,
): Handler<EngineContract, 'predictions'> {
  return async (params, { signal, progress }) => {
    const run = await openRun(params.run);
    const model = modelOf(run);
    const input = inputOf(run.study);
    const [found] = await selectCheckpoints(run, [params.epoch]);
    if (found === undefined) throw new Error('no checkpoint, and no error');
    const checkpoint = await hashCheckpoint(found);
    return withSet(run, params.set, async ({ set, hash }) => {
      if (signal.aborted) throw new CancelledError();
      const of = { folder: run.folder, model, input, checkpoint: checkpoint.hash, images: hash };
      const answer = (predictions: Uint8Array, kept: boolean) => {
        const correct = predictions.reduce((sum, predicted, i) => sum + (predicted === set.labels[i] ? 1 : 0), 0);
        return { predictions, labels: set.labels, correct, kept };
      };
      const kept = await loadPredictions(of, set.count);
      if (kept !== undefined) return answer(kept, true);
      return scheduler.take('later', signal, async (yieldTurn) => {
        // Whoever had the turn before may have computed the same.
        const since = await loadPredictions(of, set.count);
        if (since !== undefined) return answer(since, true);
        await start();
        const { predictAtCheckpoint } = await import('../compute');
        const predictions = await predictAtCheckpoint(model, checkpoint, set, input, {
          signal,
          progress: (done, of) => progress({ done, of }),
          yieldTurn,
        });
        await storePredictions(of, predictions).catch((error: unknown) => {
          onWarning('predictions could not be kept', error);
        });
        return answer(predictions, false);
      });
    });
  };
}
