/** Some images under each perturbation at checkpoints of a run, to be looked at: pictures first, then views of them. */
import { CancelledError } from '../../common/errors';
import type { Handler, Params } from '../../protocol/contract';
import type { EngineContract } from '../../protocol/engine';
import type { PerturbedProgress } from '../../protocol/robustness';
import { openRun, selectCheckpoints } from '../../runs';
import { PUBLISHED_PERTURBATIONS } from '../../perturbations';
import { requireTargetLayer } from '../../models/targetLayer';
import { inputOf, modelOf } from '../../weights/fromStudy';
import { yieldToEvents } from '../../common/yieldToEvents';
import { hashCheckpoints } from '../../weights/hashedCheckpoint';
import { samplesOf, pictureMessage } from './samples';
import { imageHash } from '../heatmaps/store';
import { cleanMessage, perturbedMessage } from './messages';
import { computeViews, deliverKept, type Deliver, type Pair, type Placed } from './predictions';
import { loadRequested } from '../pictures';
import { describeEntries, meantEntries } from '../robustness/entries';
import type { Scheduler } from '../scheduler';
import { predictionStore } from './store';

type Tell = (value: PerturbedProgress) => void;

export function perturbedHandler(
  scheduler: Scheduler,
  start: () => Promise<unknown>,
  onWarning: (text: string, error: unknown) => void,
): Handler<EngineContract, 'perturbed'> {
  return async (params, { signal, progress }) => {
    const begin = performance.now();
    const { run, model, input, targetLayer, placed, pairs, first } = await prepare(params, signal);
    progress(first);
    await tellPictures(placed, signal, progress);
    const store = predictionStore(run.folder, { model, targetLayer, input });
    const deliver = delivery(pairs, targetLayer, progress);
    const missing = await deliverKept(store, pairs, deliver, signal);
    if (missing.length > 0) {
      await scheduler.take('soon', signal, async (yieldTurn) => {
        await start();
        await computeViews(missing, { model, input, targetLayer, signal, yieldTurn, store, onWarning }, deliver);
      });
    }
    return { milliseconds: performance.now() - begin };
  };
}

/** What a request means, from files alone. @throws InputError, CancelledError */
async function prepare(params: Params<EngineContract, 'perturbed'>, signal: AbortSignal) {
  const run = await openRun(params.run);
  const meant = await meantEntries(run, params, PUBLISHED_PERTURBATIONS);
  const model = modelOf(run);
  const targetLayer = requireTargetLayer(model, params.layer);
  const checkpoints = await hashCheckpoints(await selectCheckpoints(run, params.epochs));
  const requested = await loadRequested(run, params.images, signal);
  const placed = params.images.flatMap((reference, position): Placed[] => {
    const image = requested[position]?.image;
    if (image === undefined) return [];
    const hash = imageHash(image);
    return [{ position, image, hash, drawn: samplesOf(meant, reference, image, hash, params.rounds) }];
  });
  const pairs = checkpoints.flatMap((checkpoint) => placed.map((each): Pair => ({ checkpoint, placed: each })));
  const { name, height, width } = targetLayer;
  const first: PerturbedProgress = {
    kind: 'start',
    images: requested.map(({ shown }) => shown),
    entries: describeEntries(meant),
    classNames: [...run.manifest.dataset.classNames],
    layer: { name, height, width },
  };
  return { run, model, input: inputOf(run.study), targetLayer, placed, pairs, first };
}

/** Of all checkpoints alike, and before any of them has looked. */
async function tellPictures(placed: readonly Placed[], signal: AbortSignal, tell: Tell): Promise<void> {
  for (const { position, drawn } of placed) {
    for (const each of drawn) {
      if (signal.aborted) throw new CancelledError();
      tell(pictureMessage(position, each));
      await yieldToEvents();
    }
  }
}

function delivery(
  pairs: readonly Pair[],
  layer: { readonly height: number; readonly width: number },
  tell: Tell,
): Deliver {
  const of = pairs.reduce((sum, { placed }) => sum + placed.drawn.length, 0);
  let done = 0;
  return ({ checkpoint: { epoch }, placed: { position, image, drawn } }, { clean, perturbed }) => {
    const place = { image: position, epoch };
    tell(cleanMessage(place, clean));
    drawn.forEach((each, i) => {
      const seen = perturbed[i];
      if (seen === undefined) return;
      const views = { clean, perturbed: seen };
      tell(perturbedMessage({ ...place, drawn: each, label: image.label, layer }, views, { done: ++done, of }));
    });
  };
}
