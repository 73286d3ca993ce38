/**
 * Images drawn by the program: ten shapes on textured backgrounds, with known object masks, so that whether a heatmap
 * lies on the object can be measured.
 */
import * as z from 'zod';
import { cifar10 } from '../cifar10';
import { describeCounts } from '../describe';
import { declareKind } from '../datasetKind';
import { limits } from '../limits';
import { SIDE } from './draw';
import { syntheticSetReader } from './images';
import { SHAPES } from './shapes';

export { drawSet } from './images';

const CLASS_NAMES: readonly string[] = SHAPES.map(({ name }) => name);

const count = (set: string, standard: number) =>
  z
    .int()
    .min(10)
    .max(100_000)
    .default(standard)
    .meta({ description: `How many ${set} images to draw.`, examples: [standard] });

const schema = z
  .strictObject({
    kind: z.literal('synthetic').meta({ description: 'Images that the program draws itself.' }),
    trainCount: count('training', 2000),
    testCount: count('test', 500),
    seed: z
      .int()
      .min(0)
      .max(0xffff_ffff)
      .default(1)
      .meta({ description: 'Every drawn image follows from this number.', examples: [1] }),
    ...limits,
  })
  .meta({
    title: 'Synthetic shapes',
    description: 'Ten classes of shapes on textured 32×32 backgrounds, with known object masks. Nothing to download.',
  });

type Settings = z.output<typeof schema>;

export const synthetic = declareKind({
  kind: 'synthetic',
  schema,
  title: 'Synthetic images',
  normalization: cifar10.normalization,
  side: SIDE,
  classNames: () => CLASS_NAMES,
  open({ trainCount, testCount, trainLimit = Infinity, testLimit = Infinity, seed }: Settings) {
    const train = syntheticSetReader('train', Math.min(trainCount, trainLimit), seed);
    const test = syntheticSetReader('test', Math.min(testCount, testLimit), seed);
    const description = `${describeCounts(train.count, test.count)}, drawn by the program`;
    return Promise.resolve({ classNames: CLASS_NAMES, description, train, test });
  },
  readFacts: ({ trainCount, testCount }: Settings) => Promise.resolve({ train: trainCount, test: testCount }),
});
