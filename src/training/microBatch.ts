/** In which parts a training's batches are computed, so that they fit the memory that is free. */
import { WorkError } from '../common/errors';
import { memoryText, type MicroBatch } from '../runs';
import type { TrainingSettings } from '../study';
import type { EngineName } from '../engine/engine';
import { trainingBytes } from '../models/memory/estimate';
import type { FreeMemory } from '../engine/memory/free';
import type { Model } from '../models/model';
import { fewestImages } from './batches';

/** Of what is free, what a training may be planned to take: the rest is for what the estimate is off by, and for others. */
const USABLE = 0.8;

export interface MicroBatchPlan {
  readonly engine: EngineName;
  readonly model: Model;
  readonly free: FreeMemory;
  readonly training: Pick<TrainingSettings, 'batchSize' | 'microBatchSize'>;
  /** How many training images there are. */
  readonly count: number;
}

/**
 * The study's own parts where it names any, else the fewest that fit. Undefined where batches are computed at once.
 * @throws WorkError where not even the smallest parts fit
 */
export function planMicroBatch(plan: MicroBatchPlan): MicroBatch | undefined {
  const { engine, model, free, training } = plan;
  const of = wholeBatch(plan);
  const size = training.microBatchSize ?? largestThatFits(plan);
  if (size >= of) return undefined;
  return {
    size: Math.ceil(of / Math.ceil(of / size)),
    of,
    reason: training.microBatchSize === undefined ? 'memory' : 'study',
    neededBytes: trainingBytes(engine, model, of),
    freeBytes: Number.isFinite(free.bytes) ? free.bytes : null,
    freeWords: free.words,
  };
}

/** What is to be said where parts that are settled do not fit; undefined where they do. */
export function tightMemoryText(plan: MicroBatchPlan, parts: MicroBatch | undefined): string | undefined {
  const size = parts?.size ?? wholeBatch(plan);
  if (fits(plan, size)) return undefined;
  const needed = memoryText(trainingBytes(plan.engine, plan.model, size));
  return `Little memory: ${size} images at a time take about ${needed}, and ${amount(plan.free)}. The training may fail.`;
}

/** Parts are as equal, and as few, as can be: the larger they are, the better batch norm's statistics. */
function largestThatFits(plan: MicroBatchPlan): number {
  const { engine, model, free } = plan;
  const of = wholeBatch(plan);
  const least = fewestImages(model);
  for (let parts = 1; Math.floor(of / parts) >= least; parts++) {
    const size = Math.ceil(of / parts);
    if (fits(plan, size)) return size;
  }
  throw new WorkError('too little memory for this training', {
    found: amount(free),
    expected: `about ${memoryText(trainingBytes(engine, model, least) / USABLE)} for ${least} of a batch's images at a time`,
    advice: 'Give it more memory, or lower model.inputSize. With training.microBatchSize it is tried all the same.',
  });
}

function fits({ engine, model, free }: MicroBatchPlan, images: number): boolean {
  return trainingBytes(engine, model, images) <= USABLE * free.bytes;
}

/** Of a small data set it is all of it. */
function wholeBatch({ training, count }: MicroBatchPlan): number {
  return Math.min(training.batchSize, count);
}

function amount({ bytes, words }: FreeMemory): string {
  return `${memoryText(bytes)} ${words}`;
}
