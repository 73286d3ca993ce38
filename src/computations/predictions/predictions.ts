/** What a checkpoint takes each image of a set for: kept by the checkpoint's and the set's content. */
import { countSame, type ClassIndices } from '../../common/classIndices';
import { CancelledError } from '../../common/errors';
import { loadPredictions, openRun, storePredictions } from '../../runs';
import { inputOf, modelOf } from '../../weights/fromStudy';
import { checkpointsOf } from '../checkpoints';
import type { Computation } from '../computation';
import { withSet } from '../images/sets';
import { keptOrComputed } from '../keptOrComputed';
import { aboutBatchesNow } from '../madeBy';
import type { predictionsRequest } from './schema';

export const predictions: Computation<typeof predictionsRequest> = async (params, work) => {
  const { signal, progress } = work;
  const run = await openRun(params.run);
  const model = modelOf(run);
  const input = inputOf(run.study);
  const checkpoints = await checkpointsOf(run, [params.epoch]);
  return withSet(run, params.set, async ({ set, hash: images }) => {
    if (signal.aborted) throw new CancelledError();
    const inputsOf = (checkpoint: string) => ({ architecture: model.id, input, checkpoint, images });
    let predictions: ClassIndices = new Uint8Array();
    const { classes } = model;
    const { kept } = await keptOrComputed(
      {
        groups: [checkpoints],
        store: {
          load: (items) =>
            Promise.all(
              items.map(({ hash }) => loadPredictions(run.folder, inputsOf(hash), { classes, count: set.count })),
            ),
          store: ({ hash }, found) => storePredictions(run.folder, inputsOf(hash), found, aboutBatchesNow(model)),
        },
        priority: 'later',
        take: (_, [found = predictions]) => void (predictions = found),
        async compute(items, computed, { yieldTurn }) {
          const { predictAtCheckpoint } = await import('../compute');
          for (const checkpoint of items) {
            const watch = { signal, progress: (done: number, of: number) => progress({ done, of }), yieldTurn };
            await computed([checkpoint], [await predictAtCheckpoint(model, checkpoint, set, input, watch)]);
          }
        },
      },
      work,
    );
    const correct = countSame(predictions, set.labels);
    return { predictions, labels: set.labels, correct, kept: kept > 0 };
  });
};
