/** How heatmaps move over epochs, of images that a request names. */
import type { AttentionTrack } from '../../measures/drift/numbers';
import type { Handler } from '../../protocol/contract';
import type { EngineContract } from '../../protocol/engine';
import { openRun, selectCheckpoints, untrainedEpoch } from '../../runs';
import { measureAttention } from './measure';
import { requireTargetLayer } from '../../models/targetLayer';
import { inputOf, modelOf } from '../../weights/fromStudy';
import { loadRequested } from '../pictures';
import type { Scheduler } from '../scheduler';

const UNUSABLE: AttentionTrack = { points: [], settled: null, settledFixed: { lastPrediction: null, label: null } };

export function attentionHandler(
  scheduler: Scheduler,
  start: () => Promise<unknown>,
  onWarning: (text: string, error: unknown) => void,
): Handler<EngineContract, 'attention'> {
  return async ({ run: folder, epochs, images: references, layer, target }, { signal, progress }) => {
    const run = await openRun(folder);
    const model = modelOf(run);
    const input = inputOf(run.study);
    const targetLayer = requireTargetLayer(model, layer);
    const checkpoints = await selectCheckpoints(run, epochs);
    const requested = await loadRequested(run, references, signal);
    const images = requested.map(({ image }) => image).filter((image) => image !== undefined);
    const untrained = untrainedEpoch(run.manifest, epochs);
    const plan = { folder: run.folder, model, input, targetLayer, checkpoints, images, target, untrained };
    const numbers = await measureAttention(plan, {
      signal,
      onWarning,
      progress: (done, of) => progress({ done, of }),
      compute: (checkpoint, images, computed, next) =>
        scheduler.take('later', signal, async (yieldTurn) => {
          await start();
          const { explainAtCheckpoint } = await import('../compute');
          await explainAtCheckpoint({
            model,
            checkpoint,
            next,
            images,
            input,
            targetLayer,
            signal,
            yieldTurn,
            computed,
          });
        }),
    });
    const tracks = numbers.images[Symbol.iterator]();
    const { name, height, width } = targetLayer;
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
