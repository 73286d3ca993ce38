/** How many trainings of a sweep run at once. */
import { availableParallelism } from 'node:os';
import { classCountOf } from '../../datasets/datasetKinds';
import { freeHostMemory } from '../../engine/memory/free';
import { trainingBytes } from '../../models/memory/estimate';
import { createModel } from '../../models/model';
import { memoryText } from '../../runs';
import { networkOf, type Cell } from '../../study';
import type { QueueFile } from '../../sweeps';

/** A training keeps about four cores busy: on fewer, two at once take as long as one after the other. */
const CORES_EACH = 4;

export function usualJobs(cores = availableParallelism()): number {
  return Math.max(1, Math.floor(cores / CORES_EACH));
}

/** The rest is for what the estimate is off by, and for others. */
const USABLE = 0.8;

/**
 * Why another training is not started beside those that run; undefined where it may be. What those take already is not
 * free any more, but one that has just begun has not taken its memory yet.
 * @param young of trainings that have just begun
 */
export async function tooLittleMemory(
  cell: Cell,
  folder: string,
  { engine, young }: { readonly engine: QueueFile['engine']; readonly young: number },
): Promise<string | undefined> {
  const { model, dataset, training } = cell.study;
  const network = createModel(await networkOf(model, folder), model.inputSize, classCountOf(dataset));
  const images = Math.min(training.batchSize, training.microBatchSize ?? training.batchSize);
  const each = trainingBytes(engine === 'embedded' ? 'wasm' : 'tensorflow', network, images);
  const { bytes, words } = freeHostMemory();
  if (each * (1 + young) <= USABLE * bytes) return undefined;
  return `another training takes about ${memoryText(each)}, and ${memoryText(bytes)} ${words}`;
}
