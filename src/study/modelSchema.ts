import * as z from 'zod';
import { ARCHITECTURE_NAMES, architecture, FILE_NETWORK } from '../architectures';
import { NORMALIZATION_NAMES } from './architectures';
import { DEFAULT_ARCHITECTURE, usualArchitecture } from './defaultArchitecture';

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
    absent: 'imagenet with ImageNet weights, what an ONNX file says of itself, else the data set’s own',
    examples: ['cifar10', 'imagenet', { mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] }],
  });

const weightsSchema = z
  .union([
    z.enum(['random', 'imagenet']),
    z
      .string()
      .max(4096)
      .regex(/\.(safetensors|pth|pt|th|ckpt|bin|pth\.tar|onnx)$/)
      .meta({ patternErrorMessage: 'the path of a file of weights (.safetensors, .pth, .pt, .onnx)' }),
  ])
  .default('random')
  .meta({
    description:
      'Where training starts: random; imagenet (EfficientNet-B0 and ResNet-18: downloaded, the classifier replaced); a file of weights (.safetensors, or of PyTorch); or an ONNX file, which is the network as well. Files are named absolutely or relative to the study file; a classifier of other classes than the data set’s is replaced.',
    examples: ['random', 'imagenet', 'weights.safetensors', 'model.onnx'],
  });

export const modelSchema = z
  .strictObject({
    architecture: z
      .enum([...ARCHITECTURE_NAMES, FILE_NETWORK])
      .optional()
      .meta({
        description:
          'The network. Each is made for images of one size: see its line. It can be computed at other sizes, too.',
        enumDescriptions: [
          ...ARCHITECTURE_NAMES.map((name) => architecture(name).description),
          'The network of the ONNX file that "weights" names',
        ],
        absent: `${FILE_NETWORK} with weights of an ONNX file, else ${DEFAULT_ARCHITECTURE}`,
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
        absent: 'the size that the architecture is made for, of an ONNX file the one that it has',
        examples: [32, 96, 224],
      }),
    normalization: normalizationSchema,
  })
  .transform(({ architecture: named, ...model }) => {
    return { architecture: named ?? usualArchitecture(model.weights), ...model };
  })
  .meta({ description: 'The network and what it starts from.' });
