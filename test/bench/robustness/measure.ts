/** What a study of robustness takes beside as many bare forward passes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inferenceBatchSize } from '../../../src/models/memory/inference';
import { createModel } from '../../../src/models/model';
import { prepare } from '../computing';
import { ARCHITECTURE, prepareStudy, SIZE, timed } from '../growth/study';
import { median } from '../statistics';

export interface RobustnessCost {
  readonly kind: string;
  /** Milliseconds an image, clean ones counted. */
  readonly study: number;
  readonly forward: number;
  /** Median of the rounds' own ratios. */
  readonly ratio: number;
}

const KINDS = ['gaussianNoise', 'rotation', 'occlusion'] as const;
const ROUNDS = 4;
/** In which an engine has made its graphs too. */
const WARM_UP_SECONDS = 3;

/** @param batches of images in a round of a perturbation */
export async function measureRobustness({
  rounds,
  batches,
}: {
  readonly rounds: number;
  readonly batches: number;
}): Promise<RobustnessCost[]> {
  const folder = await mkdtemp(join(tmpdir(), 'epochlens-bench-'));
  try {
    const batchSize = inferenceBatchSize(createModel(ARCHITECTURE, SIZE, 10));
    const images = batches * batchSize;
    const amount = { images, checkpoints: 1, rounds: ROUNDS };
    const passes = images * (ROUNDS + 1);
    const study = await prepareStudy(folder, { images, checkpoints: 1 });
    const step = prepare({ work: 'forward', architecture: ARCHITECTURE, inputSize: SIZE, batchSize });
    const forward = async (): Promise<void> => {
      for (let done = 0; done < passes; done += batchSize) step();
      return Promise.resolve();
    };
    for (const work of [forward, () => study.perturb(amount)]) {
      for (const begin = performance.now(); performance.now() - begin < 1000 * WARM_UP_SECONDS;) await work();
    }
    const costs: RobustnessCost[] = [];
    for (const kind of KINDS) {
      const pairs: { study: number; forward: number }[] = [];
      for (let round = 0; round < rounds; round++)
        pairs.push({ forward: await timed(forward), study: await timed(() => study.perturb(amount, kind)) });
      costs.push({
        kind,
        study: median(pairs.map((pair) => pair.study)) / passes,
        forward: median(pairs.map((pair) => pair.forward)) / passes,
        ratio: median(pairs.map((pair) => pair.study / pair.forward)),
      });
    }
    return costs;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
