/** Results in the run folder, each named by all that it depends on: what changed is computed again, and nothing else. */
import { createHash } from 'node:crypto';
import type { StageDeclaration } from '../../architectures';
import { loadResult, storeResult } from '../../runs';
import type { Perturbation } from '../../study';
import type { ImageSet, InputSettings } from '../data';
import type { Model } from '../models/model';
import { measuredSchema, type Measured } from '../../protocol/measured';

const KIND = 'robustness';
/** Another number whenever the same inputs come to mean other numbers. */
const METHOD = 'robustness 1';

export interface ResultStore {
  /** @param checkpoint the sha256 of its file */
  load(checkpoint: string, entry: Perturbation): Promise<Measured | undefined>;
  store(checkpoint: string, entry: Perturbation, measured: Measured): Promise<void>;
}

export interface StoreInputs {
  readonly model: Model;
  readonly stage: StageDeclaration;
  readonly input: InputSettings;
  readonly test: ImageSet;
}

export function resultStore(folder: string, { model, stage, input, test }: StoreInputs): ResultStore {
  const hashes = new Map<number, string>();
  const inputsOf = (checkpoint: string, entry: Perturbation) => {
    const count = imageCount(entry, test);
    const images = hashes.get(count) ?? hashImages(test, count);
    hashes.set(count, images);
    // What is expected judges the numbers and does not make them; how many images it is, their hash says.
    const perturbation = { ...entry, expect: undefined, images: undefined };
    return {
      method: METHOD,
      architecture: model.architecture,
      layer: stage.name,
      input,
      checkpoint,
      images,
      perturbation,
    };
  };
  return {
    load: (checkpoint, entry) => loadResult(folder, KIND, inputsOf(checkpoint, entry), measuredSchema),
    store: (checkpoint, entry, measured) => storeResult(folder, KIND, inputsOf(checkpoint, entry), measured),
  };
}

/** How many images an entry is measured on: those asked for, or as many as there are. */
export function imageCount({ images }: Perturbation, { count }: ImageSet): number {
  return Math.min(images ?? count, count);
}

function hashImages({ height, width, pixels, labels }: ImageSet, count: number): string {
  return createHash('sha256')
    .update(`${count}×${height}×${width}:`)
    .update(pixels.subarray(0, count * height * width * 3))
    .update(labels.subarray(0, count))
    .digest('hex');
}
