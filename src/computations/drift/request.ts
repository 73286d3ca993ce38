/** How heatmaps move over epochs, of images that a request names. */
import type { AttentionTrack } from '../../measures/drift/numbers';
import type { Handler } from '../../protocol/contract';
import type { EngineContract } from '../../protocol/engine';
import { openRun, selectCheckpoints, untrainedEpoch } from '../../runs';
import { measureAttention } from './measure';
import { targetStage } from '../../models/targetLayer';
import { inputOf, modelOf } from '../../weights/fromStudy';
import { loadRequested } from '../pictures';
import type { Turns } from '../scheduler';

const UNUSABLE: AttentionTrack = { points: [], settled: null, settledFixed: { lastPrediction: null, label: null } };

export function attentionHandler(
  turns: Turns,
  start: () => Promise<unknown>,
  complain: (text: string, error: unknown) => void,
): Handler<EngineContract, 'attention'> {
  return async ({ run: folder, epochs, images: references, layer, target }, { signal, progress }) => {
    const run = await openRun(folder);
    const model = modelOf(run.study);
    const input = inputOf(run.study);
    const stage = targetStage(model, layer);
    const checkpoints = await selectCheckpoints(run, epochs);
    const requested = await loadRequested(run, references, signal);
    const images = requested.map(({ image }) => image).filter((image) => image !== undefined);
    const untrained = untrainedEpoch(run.manifest, epochs);
    const plan = { folder: run.folder, model, input, stage, checkpoints, images, target, untrained };
    const numbers = await measureAttention(plan, {
      signal,
      complain,
      progress: (done, of) => progress({ done, of }),
      compute: (checkpoint, images, computed, next) =>
        turns.take('later', signal, async (giveWay) => {
          await start();
          const { explainAtCheckpoint } = await import('../compute');
          await explainAtCheckpoint({ model, checkpoint, next, images, input, stage, signal, giveWay, computed });
        }),
    });
    const tracks = numbers.images[Symbol.iterator]();
    const { name, height, width } = stage;
    return {
      ...numbers,
      layer: { name, height, width },
      target,
      classNames: [...run.manifest.dataset.classNames],
      images: requested.map(({ shown, image }) => {
        const track = image === undefined ? undefined : tracks.next().value;
        return { image: shown, ...(track ?? UNUSABLE) };
      }),
    };
  };
}
