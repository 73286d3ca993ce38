/** Heatmaps of images at checkpoints: what is kept at once, the rest as it is computed. */
import { CancelledError } from '../../common/errors';
import type { Handler } from '../../protocol/contract';
import type { EngineContract, ExplainProgress } from '../../protocol/engine';
import { openRun, selectCheckpoints } from '../../runs';
import type { ClassHeatmaps, ImageToExplain } from './explain';
import { requireTargetLayer } from '../../models/targetLayer';
import { inputOf, modelOf } from '../../weights/fromStudy';
import { hashCheckpoints, type HashedCheckpoint } from '../../weights/hashedCheckpoint';
import { explanationStore, imageHash, type ExplanationStore } from './store';
import { inParallel } from '../../common/inParallel';
import { loadRequested, type RequestedImage } from '../pictures';
import type { Scheduler } from '../scheduler';

/** Numbers in a message, at most; more are sent in several. */
const MOST_VALUES = 2_000_000;

/** An image with its place in the request. */
interface Placed {
  readonly position: number;
  readonly image: ImageToExplain;
  readonly hash: string;
}

export function explainHandler(
  scheduler: Scheduler,
  start: () => Promise<unknown>,
  onWarning: (text: string, error: unknown) => void,
): Handler<EngineContract, 'explain'> {
  return async (params, { signal, progress }) => {
    const begin = performance.now();
    const run = await openRun(params.run);
    const model = modelOf(run);
    const input = inputOf(run.study);
    const targetLayer = requireTargetLayer(model, params.layer);
    const found = await selectCheckpoints(run, params.epochs);
    // Beside the data, which is checked too. What is wrong with a checkpoint is said when it is waited for.
    const hashing = hashCheckpoints(found);
    hashing.catch(() => undefined);
    const requested = await loadRequested(run, params.images, signal);
    const { name, height, width } = targetLayer;
    progress({
      kind: 'start',
      images: requested.map(({ shown }) => shown),
      classNames: [...run.manifest.dataset.classNames],
      layer: { name, height, width },
    });
    // Pictures can be looked at while files of hundreds of megabytes are told apart.
    const checkpoints = await hashing;
    const placed = placedImages(requested);
    const store = explanationStore(run.folder, { model, targetLayer, input });
    const deliver = delivery(placed.length * checkpoints.length, progress);
    const missing: { readonly checkpoint: HashedCheckpoint; readonly images: readonly Placed[] }[] = [];
    for (const checkpoint of checkpoints) {
      if (signal.aborted) throw new CancelledError();
      const images = await deliverKept(store, checkpoint, placed, deliver);
      if (images.length > 0) missing.push({ checkpoint, images });
    }
    let computed = 0;
    if (missing.length > 0) {
      await scheduler.take('soon', signal, async (yieldTurn) => {
        await start();
        const { explainAtCheckpoint } = await import('../compute');
        for (const [at, { checkpoint, images }] of missing.entries()) {
          if (signal.aborted) throw new CancelledError();
          // Whoever had the turn before may have computed the same.
          const left = await deliverKept(store, checkpoint, images, deliver);
          if (left.length === 0) continue;
          await explainAtCheckpoint({
            model,
            checkpoint,
            next: missing[at + 1]?.checkpoint,
            waiting: computed === 0,
            images: left.map(({ image }) => image),
            input,
            targetLayer,
            signal,
            yieldTurn,
            computed: async (first, results) => {
              const batch = left.slice(first, first + results.length);
              computed += batch.length;
              deliver(checkpoint.epoch, batch, results);
              await keep(store, checkpoint, batch, results).catch((error: unknown) => {
                onWarning('heatmaps could not be kept', error);
              });
            },
          });
        }
      });
    }
    const kept = placed.length * checkpoints.length - computed;
    return { kept, computed, milliseconds: performance.now() - begin };
  };
}

function placedImages(requested: readonly RequestedImage[]): Placed[] {
  return requested.flatMap(({ image }, position) =>
    image === undefined ? [] : [{ position, image, hash: imageHash(image) }],
  );
}

type Deliver = (epoch: number, images: readonly Placed[], results: readonly ClassHeatmaps[]) => void;

function delivery(of: number, progress: (value: ExplainProgress) => void): Deliver {
  let done = 0;
  return (epoch, images, results) => {
    const [{ logits, maps } = { logits: [], maps: [] }] = results;
    const valuesEach = logits.length + maps.length * (maps[0]?.length ?? 0);
    const most = Math.max(1, Math.floor(MOST_VALUES / Math.max(1, valuesEach)));
    for (let first = 0; first < images.length; first += most) {
      const positions = images.slice(first, first + most).map(({ position }) => position);
      const part = results.slice(first, first + most);
      done += part.length;
      progress({
        kind: 'maps',
        epoch,
        images: positions,
        logits: concatenate(part.map((result) => result.logits)),
        maps: concatenate(part.flatMap((result) => result.maps)),
        done,
        of,
      });
    }
  };
}

/** @returns those that are not kept */
async function deliverKept(
  store: ExplanationStore,
  checkpoint: HashedCheckpoint,
  images: readonly Placed[],
  deliver: Deliver,
): Promise<Placed[]> {
  const found = await inParallel(images, ({ hash }) => store.load(checkpoint.hash, hash));
  const kept = images.filter((_, index) => found[index] !== undefined);
  deliver(
    checkpoint.epoch,
    kept,
    found.filter((maps) => maps !== undefined),
  );
  return images.filter((_, index) => found[index] === undefined);
}

async function keep(
  store: ExplanationStore,
  { hash }: HashedCheckpoint,
  images: readonly Placed[],
  results: readonly ClassHeatmaps[],
): Promise<void> {
  await inParallel([...images.entries()], async ([index, image]) => {
    await store.store(hash, image.hash, results[index] as ClassHeatmaps);
  });
}

function concatenate(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}
