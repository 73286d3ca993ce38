/** How many trainings of a sweep run at once. */
import { allowedCores } from '../../common/allocation';
import { classCountOf } from '../../datasets/datasetKinds';
import { freeHostMemory, MEMORY_LIMIT, memoryLimit } from '../../engine/memory/free';
import { trainingBytes } from '../../models/memory/estimate';
import { createModel } from '../../models/model';
import { memoryText } from '../../runs';
import { networkOf, type Cell } from '../../study';
import type { QueueFile } from '../../sweeps';

/**
 * Cautious: the machine is a person's. The native engine spreads one training over several cores, the embedded has one
 * thread; on two cores two small trainings at once take 0.75 and 0.47 × as long as one after the other.
 */
const CORES_EACH = 4;

export function usualJobs(cores = allowedCores()): number {
  return Math.max(1, Math.floor(cores / CORES_EACH));
}

/** The rest is for what the estimate is off by, and for others. */
const USABLE = 0.8;
/** For so long a training that has begun has not taken its memory yet. */
const YOUNG_MILLISECONDS = 20_000;

/**
 * Why another training is not started beside those that run; undefined where it may be. What those take already is not
 * free any more, but one that has just begun has not taken its memory yet. EPOCHLENS_MEMORY_LIMIT is for all together.
 * @param folder the study file's
 * @throws InputError where EPOCHLENS_MEMORY_LIMIT is no amount
 */
export async function tooLittleMemory(
  cell: Cell,
  folder: string,
  engine: QueueFile['engine'],
  active: { readonly count: () => number; readonly younger: (milliseconds: number) => number },
): Promise<string | undefined> {
  const each = await bytesOfTraining(cell, folder, engine);
  if (each === undefined) return undefined;
  const takes = `another training takes about ${memoryText(each)}`;
  const limit = memoryLimit();
  if (limit !== undefined && each * (1 + active.count()) > USABLE * limit)
    return `${takes}, and ${String(active.count())} run within the ${memoryText(limit)} of ${MEMORY_LIMIT}`;
  const { bytes, words } = freeHostMemory();
  if (each * (1 + active.younger(YOUNG_MILLISECONDS)) <= USABLE * bytes) return undefined;
  return `${takes}, and ${memoryText(bytes)} ${words}`;
}

/** Undefined where the file of its network cannot be read: its training says what is wrong with that. */
export async function bytesOfTraining(
  { study }: Cell,
  folder: string,
  engine: QueueFile['engine'],
): Promise<number | undefined> {
  const { model, dataset, training } = study;
  const written = await networkOf(model, folder).catch(() => undefined);
  if (written === undefined) return undefined;
  const network = createModel(written, model.inputSize, classCountOf(dataset));
  const images = Math.min(training.batchSize, training.microBatchSize ?? training.batchSize);
  // The estimate is of what a process takes beyond itself: without an engine it is about what this one takes.
  const own = process.memoryUsage.rss();
  return own + trainingBytes(engine === 'embedded' ? 'wasm' : 'tensorflow', network, images);
}
