/** Results in the run folder, each named by all that it depends on: what changed is computed again, and nothing else. */
import { createHash } from 'node:crypto';
import type { TargetLayer } from '../../architectures';
import { loadNamedResult, loadResult, resultName, storeResult } from '../../runs';
import type { Perturbation } from '../../perturbations';
import type { ImageSet } from '../../datasets';
import type { InputSettings } from '../../models/input';
import { aboutBatchesNow } from '../madeBy';
import type { Model } from '../../models/model';
import { measuredSchema, type Measured } from '../../measures/robustness/measured';

export const ROBUSTNESS_KIND = 'robustness';
/** Another number whenever the same inputs come to mean other numbers. */
export const ROBUSTNESS_METHOD = 'robustness 4';

/** Of each, `checkpoint` is the sha256 of its file. */
export interface ResultStore {
  /** The name of the file that a result has or would have. */
  nameOf(checkpoint: string, entry: Perturbation): string;
  load(checkpoint: string, entry: Perturbation): Promise<Measured | undefined>;
  store(checkpoint: string, entry: Perturbation, measured: Measured): Promise<void>;
  /** A result by its file's name: what was measured before something changed. */
  loadNamed(name: string): Promise<Measured | undefined>;
}

export interface StoreInputs {
  /** The run's, in which results are kept. */
  readonly folder: string;
  readonly model: Model;
  readonly targetLayer: TargetLayer;
  readonly input: InputSettings;
  readonly test: ImageSet;
}

export function resultStore({ folder, model, targetLayer, input, test }: StoreInputs): ResultStore {
  const inputsOf = (checkpoint: string, entry: Perturbation) => ({
    method: ROBUSTNESS_METHOD,
    architecture: model.architecture,
    layer: targetLayer.name,
    input,
    checkpoint,
    images: hashImages(test, imageCount(entry, test)),
    perturbation: whatIsMeasured(entry),
  });
  return {
    nameOf: (checkpoint, entry) => resultName(ROBUSTNESS_KIND, inputsOf(checkpoint, entry)),
    load: (checkpoint, entry) => loadResult(folder, ROBUSTNESS_KIND, inputsOf(checkpoint, entry), measuredSchema),
    store: (checkpoint, entry, measured) =>
      storeResult(folder, ROBUSTNESS_KIND, inputsOf(checkpoint, entry), measured, aboutBatchesNow(model)),
    loadNamed: (name) => loadNamedResult(folder, ROBUSTNESS_KIND, name, measuredSchema),
  };
}

/** What of an entry makes its numbers: not what is expected of them, nor how many images, which their hash says. */
export function whatIsMeasured(entry: Perturbation): Perturbation {
  return { ...entry, expect: undefined, images: undefined };
}

/** How many images an entry is measured on: those asked for, or as many as there are. */
export function imageCount({ images }: Perturbation, { count }: ImageSet): number {
  return Math.min(images ?? count, count);
}

const HASHES = new WeakMap<ImageSet, Map<number, string>>();

/** Of the first so many images of a set. A set is hashed once: it does not change in memory. */
export function hashImages(set: ImageSet, count: number): string {
  const ofSet = HASHES.get(set) ?? new Map<number, string>();
  HASHES.set(set, ofSet);
  const hash = ofSet.get(count) ?? computeHash(set, count);
  ofSet.set(count, hash);
  return hash;
}

function computeHash({ height, width, pixels, labels }: ImageSet, count: number): string {
  return createHash('sha256')
    .update(`${count}×${height}×${width}:`)
    .update(pixels.subarray(0, count * height * width * 3))
    .update(labels.subarray(0, count))
    .digest('hex');
}
