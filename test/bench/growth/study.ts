/** A study to measure: a run of untrained checkpoints, and what the commands do with it. */
import { rm } from 'node:fs/promises';
import { makeFolder } from '../../../src/common/folders';
import { drawSet } from '../../../src/datasets/synthetic';
import { explainCheckpoints } from '../../../src/computations/heatmaps/checkpoints';
import { requireTargetLayer } from '../../../src/models/targetLayer';
import { createModel } from '../../../src/models/model';
import { initialWeights } from '../../../src/models/weights';
import { lookUpResults } from '../../../src/computations/robustness/lookup';
import { computeMissing } from '../../../src/computations/robustness/run';
import { saveCheckpoint, withoutSum } from '../../checkpointFiles';
import { checkpointPath, runPaths } from '../../../src/runs';
import { NORMALIZATIONS, perturbationSchema } from '../../../src/study';

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
  readonly perturb: (amount: Amount) => Promise<void>;
}

/** @param most of images and checkpoints. @param folder where its files go */
export async function prepareStudy(
  folder: string,
  most: Pick<Amount, 'images' | 'checkpoints'>,
): Promise<MeasuredStudy> {
  const model = createModel(ARCHITECTURE, SIZE);
  const targetLayer = requireTargetLayer(model, 'auto');
  const input = { inputSize: SIZE, ...NORMALIZATIONS.cifar10 };
  const test = drawSet('test', most.images, 1);
  const checkpoints = Array.from({ length: most.checkpoints }, (_, epoch) => {
    return withoutSum({ epoch, path: checkpointPath(folder, epoch) });
  });
  await makeFolder(runPaths(folder).checkpoints);
  for (const { epoch, path } of checkpoints) await saveCheckpoint(path, model, initialWeights(model, epoch), {});
  const plan = { folder, model, targetLayer, input, test, places: [0] };
  const pixels = SIZE * SIZE * 3;
  const pictures = Array.from({ length: most.images }, (_, i) => {
    const ofImage = test.pixels.subarray(i * pixels, (i + 1) * pixels);
    return { name: `test:${i}`, height: SIZE, width: SIZE, pixels: ofImage, label: null };
  });
  return {
    async explain(amount: Amount): Promise<void> {
      const these = { checkpoints: checkpoints.slice(0, amount.checkpoints), images: pictures.slice(0, amount.images) };
      await finish(explainCheckpoints({ model, input, targetLayer, ...these }));
    },
    async perturb(amount: Amount): Promise<void> {
      await rm(runPaths(folder).results, { recursive: true, force: true });
      const { images, rounds } = amount;
      const entries = [perturbationSchema.parse({ kind: 'gaussianNoise', images, rounds })];
      const these = { ...plan, entries, checkpoints: checkpoints.slice(0, amount.checkpoints) };
      const notKept = (error: unknown): never => {
        throw error;
      };
      await finish(computeMissing(these, await lookUpResults(these), { notKept }));
    },
  };
}

async function finish(steps: AsyncGenerator): Promise<void> {
  while ((await steps.next()).done !== true);
}
