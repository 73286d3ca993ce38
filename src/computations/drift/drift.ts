/** How heatmaps move over epochs, of images that a request names. */
import type { AttentionNumbers, AttentionTrack } from '../../measures/drift/numbers';
import { laterMethodKey } from '../../explanations';
import { attentionResults, openRun, selectCheckpoints, untrainedEpoch } from '../../runs';
import { hashCheckpoints } from '../../weights/hashedCheckpoint';
import type { Computation } from '../computation';
import { hashedImage, hashInOrder } from '../heatmaps/hashedImage';
import { mapKeeper } from '../heatmaps/maps';
import { describeExplanation, mapsOf } from '../heatmaps/mapsOf';
import { loadRequested } from '../images/requested';
import { keptOrComputed } from '../keptOrComputed';
import { aboutNow } from '../madeBy';
import { createScheduler } from '../scheduler';
import { measureAttention } from './measure';
import type { attentionRequest } from './schema';

const UNUSABLE: AttentionTrack = { points: [], settled: null, settledFixed: { lastPrediction: null, label: null } };

export const drift: Computation<typeof attentionRequest> = async (params, work) => {
  const { epochs, target } = params;
  const run = await openRun(params.run);
  const of = await mapsOf(run, params);
  const found = await selectCheckpoints(run, epochs);
  const requested = await loadRequested(run, params.images, work);
  const images = requested.flatMap(({ image }) => (image === undefined ? [] : [hashedImage(image)]));
  const checkpoints = await hashCheckpoints([...found].sort((a, b) => a.epoch - b.epoch));
  const untrained = untrainedEpoch(run.manifest, epochs);
  const inputs = {
    architecture: of.model.id,
    explanation: laterMethodKey(of.method),
    layer: of.targetLayer.name,
    input: of.input,
    target,
    untrained,
    checkpoints: checkpoints.map(({ epoch, hash }) => ({ epoch, hash })),
    images: hashInOrder(images),
  };
  let numbers: AttentionNumbers | undefined;
  await keptOrComputed(
    {
      groups: [[inputs]],
      store: {
        load: (all) => Promise.all(all.map((each) => attentionResults.load(run.folder, each))),
        store: (each, value: AttentionNumbers) =>
          attentionResults.store(run.folder, each, value, {
            ...aboutNow(),
            images: images.map(({ image }) => image.name),
          }),
      },
      priority: 'later',
      take: (_, [value]) => (numbers = value),
      async compute(all, computed) {
        const plan = { ...of, checkpoints, images, target, untrained, keeper: mapKeeper(run.folder, of) };
        await computed(all, [await measureAttention(plan, work)]);
      },
    },
    // The numbers need no engine: their heatmaps do, each of which takes its turn.
    { ...work, scheduler: createScheduler(), start: () => Promise.resolve() },
  );
  if (numbers === undefined) throw new Error('no numbers, and no error');
  const tracks = numbers.images[Symbol.iterator]();
  return {
    ...numbers,
    ...describeExplanation(of),
    target,
    classNames: [...run.manifest.dataset.classNames],
    images: requested.map(({ shown, image }) => {
      const track = image === undefined ? undefined : tracks.next().value;
      return { image: shown, ...(track ?? UNUSABLE) };
    }),
  };
};
