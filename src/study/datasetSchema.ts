import { z } from 'zod';

const trainLimit = z
  .int()
  .min(1)
  .max(1_000_000)
  .optional()
  .meta({
    description: 'How many training images to use, from the first. All when absent.',
    examples: [5000],
  });

const testLimit = z
  .int()
  .min(1)
  .max(1_000_000)
  .optional()
  .meta({
    description: 'How many test images to use, from the first. All when absent.',
    examples: [1000],
  });

const cifar10Schema = z
  .strictObject({
    kind: z.literal('cifar10').meta({ description: 'CIFAR-10 in its official binary format.' }),
    folder: z
      .string()
      .min(1)
      .max(4096)
      .default('data/cifar-10-batches-bin')
      .meta({
        description:
          'The folder with data_batch_*.bin (any of them) and test_batch.bin: absolute, or relative to the study file. Downloaded when it is absent and you agree.',
        examples: ['data/cifar-10-batches-bin'],
      }),
    trainLimit,
    testLimit,
  })
  .meta({ title: 'CIFAR-10', description: 'CIFAR-10: 50,000 training and 10,000 test images, 32×32, ten classes.' });

const syntheticSchema = z
  .strictObject({
    kind: z.literal('synthetic').meta({ description: 'Images that the program draws itself.' }),
    trainCount: z
      .int()
      .min(10)
      .max(100_000)
      .default(2000)
      .meta({
        description: 'How many training images to draw.',
        examples: [2000],
      }),
    testCount: z
      .int()
      .min(10)
      .max(100_000)
      .default(500)
      .meta({
        description: 'How many test images to draw.',
        examples: [500],
      }),
    seed: z
      .int()
      .min(0)
      .max(0xffff_ffff)
      .default(1)
      .meta({
        description: 'Every drawn image follows from this number.',
        examples: [1],
      }),
    trainLimit,
    testLimit,
  })
  .meta({
    title: 'Synthetic shapes',
    description: 'Ten classes of shapes on textured 32×32 backgrounds, with known object masks. Nothing to download.',
  });

export const datasetSchema = z.discriminatedUnion('kind', [cifar10Schema, syntheticSchema]).meta({
  description: 'The images to train and test on.',
});
export type DatasetSettings = z.output<typeof datasetSchema>;
