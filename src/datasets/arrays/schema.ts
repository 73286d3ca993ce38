/** The settings of a data set of arrays. */
import * as z from 'zod';
import { limits } from '../limits';

const path = (what: string, example: string) =>
  z
    .string()
    .min(1)
    .max(4096)
    .meta({ description: `${what}, relative to dataset.folder or absolute.`, examples: [example] });

const IMAGES =
  '.npy of uint8, in C order: [images, height, width, 3], [images, 3, height, width] or, of grey, [images, height, width]';
const LABELS = '.npy of integers, [images]: the number of each image’s class, from 0';

export const arraysSchema = z
  .strictObject({
    kind: z.literal('arrays').meta({ description: 'Images and labels in NumPy’s .npy files.' }),
    folder: z
      .string()
      .min(1)
      .max(4096)
      .default('.')
      .meta({ description: 'The folder of the files: absolute, or relative to the study file.', examples: ['data'] }),
    images: path(`The test images: ${IMAGES}`, 'cifar10.1_v6_data.npy'),
    labels: path(`The test images’ labels: ${LABELS}`, 'cifar10.1_v6_labels.npy'),
    classNames: z
      .array(z.string().min(1).max(200))
      .min(2)
      .max(65_535)
      .refine((names) => new Set(names).size === names.length, { message: 'each name once' })
      .optional()
      .meta({
        description: 'The names of the classes, in the order of their numbers.',
        absent: 'the numbers 0 to the largest label',
        examples: [['cat', 'dog']],
      }),
    train: z
      .strictObject({
        images: path(`The training images: ${IMAGES}`, 'train_images.npy'),
        labels: path(`The training images’ labels: ${LABELS}`, 'train_labels.npy'),
      })
      .optional()
      .meta({
        description: 'What to train on.',
        absent: 'nothing: runs can be imported, explained and tested on the test images, and none trained',
      }),
    ...limits,
  })
  .meta({ title: 'NumPy arrays', description: 'Square images of any size and their labels, in .npy files.' });

export type ArraysSettings = z.output<typeof arraysSchema>;
