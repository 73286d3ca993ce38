/** A study to measure: a run of untrained checkpoints, and what the commands do with it. */
import { makeFolder } from '../../../src/common/folders';
import { drawSet } from '../../../src/datasets/synthetic';
import { createMeasurer, explainAtCheckpoint } from '../../../src/computations/compute';
import { chooseMethod } from '../../../src/explanations';
import { requireTargetLayer } from '../../../src/models/targetLayer';
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import { saveCheckpoint, withoutSum } from '../../checkpointFiles';
import { checkpointPath, runPaths } from '../../../src/runs';
import { perturbationSchema } from '../../../src/perturbations';
import { hashCheckpoints } from '../../../src/weights/hashedCheckpoint';
import { NORMALIZATIONS } from '../../../src/study';

export const ARCHITECTURE = 'resnet20';
export const SIZE = 32;

/** How much of everything. */
export interface Amount {
  readonly images: number;
  readonly checkpoints: number;
  readonly rounds: number;
}

export interface MeasuredStudy {
  /** Grad-CAM of all classes. */
  readonly explain: (amount: Amount) => Promise<void>;
  readonly perturb: (amount: Amount, kind?: string) => Promise<void>;
}

/** @param most of images and checkpoints. @param folder where its files go */
export async function prepareStudy(
  folder: string,
  most: Pick<Amount, 'images' | 'checkpoints'>,
): Promise<MeasuredStudy> {
  const model = createModel(ARCHITECTURE, SIZE, 10);
  const targetLayer = requireTargetLayer(model, 'auto');
  const input = { inputSize: SIZE, ...NORMALIZATIONS.cifar10 };
  const test = drawSet('test', most.images, 1);
  const checkpoints = Array.from({ length: most.checkpoints }, (_, epoch) => {
    return withoutSum({ epoch, path: checkpointPath(folder, epoch) });
  });
  await makeFolder(runPaths(folder).checkpoints);
  for (const { epoch, path } of checkpoints) await saveCheckpoint(path, model, initialWeights(model, epoch), {});
  const plan = { model, method: chooseMethod('gradcam'), targetLayer, input };
  const hashed = await hashCheckpoints(checkpoints);
  const { signal } = new AbortController();
  const goOn = (): Promise<void> => Promise.resolve();
  const pixels = SIZE * SIZE * 3;
  const pictures = Array.from({ length: most.images }, (_, i) => {
    const ofImage = test.pixels.subarray(i * pixels, (i + 1) * pixels);
    return { name: `test:${i}`, height: SIZE, width: SIZE, pixels: ofImage, label: null };
  });
  return {
    async explain(amount: Amount): Promise<void> {
      const images = pictures.slice(0, amount.images);
      for (const checkpoint of hashed.slice(0, amount.checkpoints))
        await explainAtCheckpoint({ ...plan, checkpoint, images, signal, yieldTurn: goOn, computed: goOn });
    },
    async perturb({ images, rounds, checkpoints: count }: Amount, kind = 'gaussianNoise'): Promise<void> {
      const entry = perturbationSchema.parse({ kind, images, rounds });
      const measure = createMeasurer({ ...plan, test, severalCheckpoints: count > 1 });
      const steps = { signal, yieldTurn: goOn, advance: () => undefined };
      for (const checkpoint of hashed.slice(0, count)) await measure(checkpoint, entry, steps);
    },
  };
}

/** In milliseconds. */
export async function timed(work: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
