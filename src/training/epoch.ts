import * as tf from '@tensorflow/tfjs-core';
import { CancelledError } from '../common/errors';
import { prefetch } from '../common/prefetch';
import { BATCHES_AHEAD, epochOrder, type ImageBatch, type ImageSource } from '../datasets';
import { type InputSettings } from '../models/input';
import { yieldToEvents } from '../common/yieldToEvents';
import { drawnOffsets } from './attacked';
import { augmentedImages, batchToAttack, cutIntoBatches, cutIntoMicroBatches, trainingBatch } from './batches';
import type { EpochDraw } from './epochDraw';
import { checkTrainingLoss } from './divergence';
import { drawMix, mixed, neededImages, type Mix, type MixedBatch } from './mixup';
import { PLAIN, type Recipe } from './recipe';
import type { EpochSoFar } from './stepLog';
import type { Batch, BatchToAttack, Hyperparameters } from './step';
import type { BatchResult, Trainer } from './trainer';

export interface EpochResult {
  /**
   * Mean over the epoch's images of the loss at the step that met them, in training mode, as PyTorch loops print it: of
   * what the step met, mixed, attacked and with smoothed labels where the recipe says so.
   */
  readonly loss: number;
  /** Per cent, likewise. */
  readonly accuracy: number;
  readonly images: number;
}

export interface EpochPlan {
  readonly set: ImageSource;
  readonly input: InputSettings;
  readonly draw: EpochDraw;
  readonly batchSize: number;
  /** A batch goes through the model in parts of so many images at most; by default whole. */
  readonly microBatchSize?: number | undefined;
  readonly hyper: Hyperparameters;
  /** As far as the epoch was trained before; from its beginning where absent. */
  readonly from?: Omit<EpochSoFar, 'steps'> | undefined;
  /** Of the trainer, as far as it is about images. */
  readonly recipe?: Pick<Recipe, 'mixupAlpha' | 'attack'> | undefined;
}

export interface EpochWatcher {
  readonly signal?: AbortSignal | undefined;
  readonly onStep?: ((soFar: EpochSoFar) => Promise<void>) | undefined;
}

const BEGINNING = { step: 0, images: 0, lossSum: 0, correct: 0 };

export function stepsPerEpoch(count: number, batchSize: number): number {
  return cutIntoBatches(new Uint32Array(count), batchSize).length;
}

/**
 * One pass over the training images, or what is left of one. A step that has begun is finished.
 * @throws CancelledError between two steps, when the signal is raised; WorkError when the training has diverged
 */
export async function trainEpoch(trainer: Trainer, plan: EpochPlan, watcher: EpochWatcher): Promise<EpochResult> {
  const { set, draw, batchSize, hyper, from = BEGINNING } = plan;
  const batches = cutIntoBatches(epochOrder(set.count, draw.seed, draw.epoch), batchSize);
  let { images, lossSum, correct } = from;
  const parts = batches.flatMap((indices, step) => (step < from.step ? [] : partsOf(indices, step, plan)));
  const unneeded = new AbortController();
  const coming = prefetch(parts, BATCHES_AHEAD, (part) => preparedImages(part, plan, unneeded.signal));
  try {
    for (const [step, indices] of [...batches.entries()].slice(from.step)) {
      if (watcher.signal?.aborted === true) throw new CancelledError();
      const result = await trainBatch(trainer, indices, coming, plan);
      const moment = { epoch: draw.epoch, at: `step ${step + 1}`, learningRate: hyper.learningRate };
      checkTrainingLoss(result.loss, trainer.classes, moment);
      images += indices.length;
      lossSum += result.loss * indices.length;
      correct += result.correct;
      await watcher.onStep?.({ step: step + 1, steps: batches.length, images, lossSum, correct });
      await yieldToEvents();
    }
  } finally {
    // What was prepared for later steps, where it was stopped or has failed.
    unneeded.abort();
  }
  return { loss: lossSum / images, accuracy: (100 * correct) / images, images };
}

/** What is computed at a time: of a batch that is mixed, with the images that it is mixed with. */
interface Part {
  readonly images: Uint32Array;
  readonly mix: Mix | undefined;
}

function partsOf(
  batch: Uint32Array,
  step: number,
  { batchSize, microBatchSize, recipe = PLAIN, draw }: EpochPlan,
): Part[] {
  const { mixupAlpha } = recipe;
  const cut = (numbers: Uint32Array): Uint32Array[] => cutIntoMicroBatches(numbers, microBatchSize ?? batchSize);
  if (mixupAlpha === undefined) return cut(batch).map((images) => ({ images, mix: undefined }));
  const { share, partners } = drawMix(mixupAlpha, batch, draw, step);
  const ofParts = cut(partners);
  return cut(batch).map((images, at) => ({ images, mix: { share, partners: ofParts[at] as Uint32Array } }));
}

async function preparedImages(
  { images, mix }: Part,
  { set, draw, input }: EpochPlan,
  signal: AbortSignal,
): Promise<ImageBatch | MixedBatch> {
  if (mix === undefined) return augmentedImages(set, images, draw, input, signal);
  return mixed(await augmentedImages(set, neededImages(images, mix), draw, input, signal), images, mix);
}

/** One step, whole or in micro-batches. */
async function trainBatch(
  trainer: Trainer,
  indices: Uint32Array,
  coming: AsyncGenerator<ImageBatch | MixedBatch>,
  plan: EpochPlan,
): Promise<BatchResult> {
  const { batchSize, microBatchSize = batchSize, hyper } = plan;
  const parts = cutIntoMicroBatches(indices, microBatchSize);
  let loss = 0;
  let correct = 0;
  for (const part of parts) {
    const { value } = (await coming.next()) as IteratorYieldResult<ImageBatch | MixedBatch>;
    const batch = loaded(value, part, plan);
    const share = part.length / indices.length;
    const result = parts.length === 1 ? trainer.step(batch, hyper) : trainer.accumulate(batch, share);
    tf.dispose({ ...batch });
    loss += share * result.loss;
    correct += result.correct;
    if (part !== parts.at(-1)) await yieldToEvents();
  }
  if (parts.length > 1) trainer.update(hyper);
  return { loss, correct };
}

function loaded(
  batch: ImageBatch | MixedBatch,
  images: Uint32Array,
  { set, input, draw, recipe }: EpochPlan,
): Batch | BatchToAttack {
  const attack = recipe?.attack;
  if (attack === undefined) return trainingBatch(batch, set, input);
  const { norm, randomStart } = attack;
  return batchToAttack(
    batch,
    set,
    randomStart ? drawnOffsets(norm, images, draw, set.height * set.width * 3) : undefined,
  );
}
