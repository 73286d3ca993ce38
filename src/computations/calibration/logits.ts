/** What a network makes of the first images of a set: batch by batch, the next ones perturbed meanwhile. */
import { CancelledError } from '../../common/errors';
import { prefetch } from '../../common/prefetch';
import { yieldToEvents } from '../../common/yieldToEvents';
import { readRange, type ImageSource } from '../../datasets';
import { tidily } from '../../engine/tidily';
import { requireFinite } from '../../models/finite';
import { predict, type TensorWeights } from '../../models/forward';
import { toInput, type InputSettings } from '../../models/input';
import { inferenceBatchSize } from '../../models/memory/inference';
import type { Model } from '../../models/model';
import type { Perturbation } from '../../perturbations';
import { DRAWN_AHEAD, type MeasureSteps } from '../robustness/measure';
import type { Perturb } from '../robustness/perturbed';

/** A round of a perturbation. */
export interface Draw {
  readonly entry: Perturbation;
  readonly round: number;
}

export interface ImagesToPredict {
  readonly set: ImageSource;
  /** The first so many. */
  readonly count: number;
  /** Absent of the images as they are. */
  readonly draw?: Draw | undefined;
}

export interface LogitsOptions {
  readonly model: Model;
  readonly weights: TensorWeights;
  readonly input: InputSettings;
  readonly perturb: Perturb;
}

/**
 * @returns the logits, [count, classes]
 * @throws WorkError where one is not a finite number, with its image's place; CancelledError between two batches
 */
export async function predictLogits(
  { model, weights, input, perturb }: LogitsOptions,
  { set, count, draw }: ImagesToPredict,
  { signal, yieldTurn, advance }: MeasureSteps,
): Promise<Float32Array> {
  const { height, width } = set;
  const { classes } = model;
  const logits = new Float32Array(count * classes);
  const batches = prefetch(startsOf(count, inferenceBatchSize(model)), DRAWN_AHEAD, async ([start, length]) => {
    const seen =
      draw === undefined
        ? { ...(await readRange(set, start, length, signal)), isNormalised: false }
        : await perturb({ set, start, length, input }, draw.entry, draw.round, signal);
    return { start, length, ...seen };
  });
  for await (const { start, length, pixels, isNormalised } of batches) {
    if (signal.aborted) throw new CancelledError();
    const found = tidily(() => {
      const images = toInput(pixels, length, height, width, input, isNormalised);
      return predict(model, weights, images).dataSync();
    });
    for (let i = 0; i < length; i++) {
      requireFinite(`image ${start + i}`, found.subarray(i * classes, (i + 1) * classes));
    }
    logits.set(found, start * classes);
    advance(length);
    await yieldTurn();
    await yieldToEvents();
  }
  return logits;
}

function* startsOf(count: number, batchSize: number): Generator<readonly [start: number, length: number]> {
  for (let start = 0; start < count; start += batchSize) yield [start, Math.min(batchSize, count - start)];
}
