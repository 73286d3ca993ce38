import * as z from 'zod';
import { ARCHITECTURE_NAMES, architecture } from '../architectures';
import { NORMALIZATION_NAMES } from './architectures';
import { DEFAULT_ARCHITECTURE } from './defaultArchitecture';

/** `red, green, blue`, each within `minimum`…`maximum` of a pixel in [0, 1]. */
const perChannel = (description: string, minimum: number, maximum: number) => {
  const channel = z.number().min(minimum).max(maximum);
  return z.tuple([channel, channel, channel]).meta({ description });
};

const normalizationSchema = z
  .union([
    z.enum(NORMALIZATION_NAMES),
    z.strictObject({
      mean: perChannel('Subtracted from pixels in [0, 1]: red, green, blue.', -1, 2),
      std: perChannel('Then divided by: red, green, blue.', 1e-6, 100),
    }),
  ])
  .optional()
  .meta({
    description: `How pixels in [0, 1] are normalised: ${NORMALIZATION_NAMES.join(', ')}, or a mean and standard deviation per channel. Weights from a file need the one that they were trained with.`,
    absent: 'imagenet with ImageNet weights, else the data set’s own',
    examples: ['cifar10', 'imagenet', { mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] }],
  });

const weightsSchema = z
  .union([
    z.enum(['random', 'imagenet']),
    z
      .string()
      .max(4096)
      .regex(/\.(safetensors|pth|pt|th|ckpt|bin|pth\.tar)$/)
      .meta({ patternErrorMessage: 'the path of a file of weights (.safetensors, .pth, .pt)' }),
  ])
  .default('random')
  .meta({
    description:
      'Where training starts: random; imagenet (EfficientNet-B0 and ResNet-18: downloaded, the classifier replaced); or a file of weights (.safetensors, or of PyTorch), absolute or relative to the study file; a classifier of other classes than the data set’s is replaced.',
    examples: ['random', 'imagenet', 'weights.safetensors'],
  });

export const modelSchema = z
  .strictObject({
    architecture: z
      .enum(ARCHITECTURE_NAMES)
      .default(DEFAULT_ARCHITECTURE)
      .meta({
        description:
          'The network. Each is made for images of one size: see its line. It can be computed at other sizes, too.',
        enumDescriptions: ARCHITECTURE_NAMES.map((name) => architecture(name).description),
      }),
    weights: weightsSchema,
    inputSize: z
      .int()
      .min(32)
      .max(512)
      .optional()
      .meta({
        description:
          'Images are resized to this many pixels a side. EfficientNet-B0 has a last feature map of inputSize ÷ 32 a side: at 32 it is one cell, and its heatmap is flat.',
        absent: 'the size that the architecture is made for',
        examples: [32, 96, 224],
      }),
    normalization: normalizationSchema,
  })
  .meta({ description: 'The network and what it starts from.' });
