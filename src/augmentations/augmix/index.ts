import * as z from 'zod';
import { augmentationKind } from '../augmentationKind';
import { drawMixture, mix } from './mix';
import { OPERATION_NAMES } from './operations';

const MOST = 10;

/** Chains of simple operations are mixed with the image (Hendrycks et al. 2020), without their consistency loss. */
export const augmix = augmentationKind({
  kind: 'augmix',
  schema: z
    .strictObject({
      kind: z.literal('augmix').meta({
        description:
          'Chains of simple operations, mixed with the image (Hendrycks et al. 2020), without their Jensen–Shannon consistency loss.',
      }),
      width: z
        .int()
        .min(1)
        .max(MOST)
        .default(3)
        .meta({ description: 'How many chains are mixed.', examples: [3] }),
      depth: z
        .union([z.literal(-1), z.int().min(1).max(MOST)])
        .default(-1)
        .meta({ description: 'Operations in a chain; -1 draws 1, 2 or 3 for each.', examples: [-1, 2] }),
      severity: z
        .int()
        .min(1)
        .max(MOST)
        .default(3)
        .meta({ description: 'How strong the operations are, from 1 to 10.', examples: [3] }),
      alpha: z
        .number()
        .min(0.1)
        .max(100)
        .default(1)
        .meta({
          description: 'Of the Dirichlet and beta distributions that the shares of chains and image are drawn from.',
          examples: [1],
        }),
    })
    .meta({ title: 'AugMix' }),
  description: 'chains of simple operations, mixed with the image; without the consistency loss',
  cost: 'heavy',
  sources: ['hendrycks2020augmix'],
  text: ({ severity }) => `augmix${severity === 3 ? '' : ` ${severity}`}`,
  define: ({ width, depth, severity, alpha }) =>
    `AugMix’s mixing without its Jensen–Shannon consistency loss, so that published errors of AugMix do not apply: ${width} chains of ${depth === -1 ? 'one to three operations' : `${depth} operations`} each, drawn from ${OPERATION_NAMES.join(', ')} at severity ${severity} with the amounts of the authors’ program, are computed as Pillow does, mixed with weights from a Dirichlet distribution, and mixed with the image by a share from a beta distribution, of α = ${alpha} both. Operations that overlap the corruptions of CIFAR-10-C are left out; the result is rounded to whole grey levels.`,
  apply: (image, settings, random) => mix(image, drawMixture(image, settings, random)),
});
