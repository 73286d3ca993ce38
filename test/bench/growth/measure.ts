/** How what a study takes grows with its images, checkpoints and rounds, by the functions that the commands call. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inferenceBatchSize } from '../../../src/models/memory/inference';
import { createModel } from '../../../src/models/model';
import { prepare } from '../computing';
import { median } from '../statistics';
import type { Point } from './fit';
import { ARCHITECTURE, SIZE, prepareStudy, timed, type Amount } from './study';

export interface Growth {
  readonly study: 'Grad-CAM' | 'perturbation';
  readonly by: 'images' | 'checkpoints' | 'rounds';
  /** What else there is: "1 checkpoint". */
  readonly beside: string;
  readonly points: readonly Point[];
}

export interface Growths {
  /** Milliseconds an image of a forward pass alone. */
  readonly forward: number;
  /** Images where something else grows. */
  readonly images: number;
  readonly growths: readonly Growth[];
}

const FACTORS = [1, 2, 4, 8];
const MOST = 8;
const SECONDS = { warmUp: 3, forward: 0.5 };

/** @param images in a unit: a slow engine does with fewer */
export async function measureGrowth({ rounds, images }: { rounds: number; images: number }): Promise<Growths> {
  const folder = await mkdtemp(join(tmpdir(), 'epochlens-bench-'));
  try {
    const study = await prepareStudy(folder, { images: images * MOST, checkpoints: MOST });
    const forward = prepareForward();
    await study.explain({ images: images * MOST, checkpoints: 2, rounds: 1 });
    await study.perturb({ images: images * MOST, checkpoints: 2, rounds: 2 });
    const series = seriesOf(images).map((each) => ({ ...each, samples: FACTORS.map((): number[] => []) }));
    const forwards: number[] = [];
    for (let round = 0; round < rounds; round++) {
      forwards.push(forward());
      for (const { study: name, amounts, samples } of series) {
        const work = name === 'Grad-CAM' ? study.explain : study.perturb;
        for (const [at, amount] of amounts.entries()) samples[at]?.push(await timed(() => work(amount)));
      }
    }
    const growths = series.map(({ amounts, samples, ...rest }) => ({
      ...rest,
      points: amounts.map((amount, at) => ({ count: amount[rest.by], milliseconds: median(samples[at] ?? []) })),
    }));
    return { forward: median(forwards), images, growths };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function seriesOf(images: number) {
  const one: Amount = { images, checkpoints: 1, rounds: 1 };
  const series = (study: Growth['study'], by: Growth['by'], beside: string) => {
    return { study, by, beside, amounts: FACTORS.map((factor) => ({ ...one, [by]: factor * one[by] })) };
  };
  return [
    series('Grad-CAM', 'images', '1 checkpoint'),
    series('Grad-CAM', 'checkpoints', `${images} images`),
    series('perturbation', 'images', '1 checkpoint, 1 round'),
    series('perturbation', 'checkpoints', `${images} images, 1 round`),
    series('perturbation', 'rounds', `${images} images, 1 checkpoint`),
  ];
}

/** Gives a function that measures the milliseconds of an image. */
function prepareForward(): () => number {
  const batchSize = inferenceBatchSize(createModel(ARCHITECTURE, SIZE, 10));
  const step = prepare({ work: 'forward', architecture: ARCHITECTURE, inputSize: SIZE, batchSize });
  const run = (seconds: number): number => {
    const begin = performance.now();
    let images = 0;
    for (; performance.now() - begin < 1000 * seconds; images += batchSize) step();
    return (performance.now() - begin) / images;
  };
  run(SECONDS.warmUp);
  return () => run(SECONDS.forward);
}
