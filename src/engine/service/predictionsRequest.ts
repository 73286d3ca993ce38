/** What a checkpoint takes each image of a set for: kept by the checkpoint's and the set's content. */
import { CancelledError } from '../../common/errors';
import type { Handler } from '../../protocol/contract';
import type { EngineContract, SetName } from '../../protocol/engine';
import { loadBinaryResult, openRun, selectCheckpoints, storeBinaryResult, type Run } from '../../runs';
import type { ImageSet } from '../data';
import { openData, readSet } from '../data/reader';
import { inputOf, modelOf } from '../fromStudy';
import { hashCheckpoint, sha256 } from '../weights/hashedCheckpoint';
import { createKept } from '../kept';
import type { Starter } from './starter';
import type { Turns } from './turns';

const KIND = 'predictions';

interface LoadedSet {
  readonly set: ImageSet;
  /** sha256 of its pixels. */
  readonly hash: string;
}

/** The last one, for the next checkpoint: 50,000 images are 154 MB. Too short for the files to change in between. */
const SETS = createKept<LoadedSet>({ most: 1, idleMilliseconds: 20_000 });

export function predictionsHandler(
  turns: Turns,
  start: Starter,
  complain: (text: string, error: unknown) => void,
): Handler<EngineContract, 'predictions'> {
  return async (params, { signal, progress }) => {
    const run = await openRun(params.run);
    const model = modelOf(run.study);
    const input = inputOf(run.study);
    const [found] = await selectCheckpoints(run.folder, [params.epoch]);
    if (found === undefined) throw new Error('no checkpoint, and no error');
    const checkpoint = await hashCheckpoint(found);
    return withSet(run, params.set, async ({ set, hash }) => {
      if (signal.aborted) throw new CancelledError();
      const inputs = { architecture: model.architecture, input, checkpoint: checkpoint.hash, images: hash };
      const answer = (predictions: Uint8Array, kept: boolean) => {
        const correct = predictions.reduce((sum, predicted, i) => sum + (predicted === set.labels[i] ? 1 : 0), 0);
        return { predictions, labels: set.labels, correct, kept };
      };
      const load = async () => {
        const bytes = await loadBinaryResult(run.folder, KIND, inputs);
        return bytes?.length === set.count ? bytes : undefined;
      };
      const kept = await load();
      if (kept !== undefined) return answer(kept, true);
      return turns.take('later', signal, async (giveWay) => {
        // Whoever had the turn before may have computed the same.
        const since = await load();
        if (since !== undefined) return answer(since, true);
        await start();
        const { predictAtCheckpoint } = await import('./compute');
        const predictions = await predictAtCheckpoint(model, checkpoint, set, input, {
          signal,
          progress: (done, of) => progress({ done, of }),
          giveWay,
        });
        await storeBinaryResult(run.folder, KIND, inputs, predictions).catch((error: unknown) => {
          complain('predictions could not be kept', error);
        });
        return answer(predictions, false);
      });
    });
  };
}

function withSet<R>({ study, studyFolder }: Run, name: SetName, work: (loaded: LoadedSet) => Promise<R>): Promise<R> {
  const make = async () => {
    const set = await readSet((await openData(study.dataset, studyFolder))[name]);
    return { set, hash: await sha256(set.pixels) };
  };
  return SETS.use(JSON.stringify([study.dataset, studyFolder, name]), make, work);
}
