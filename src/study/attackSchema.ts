/**
 * Attacks by the gradient of the loss, of Goodfellow et al. 2015 and Madry et al. 2018: as tests of a checkpoint, and as what a
 * training meets. Distances are of pixels in 0 … 1, before normalisation.
 */
import * as z from 'zod';

/** A number, or a fraction such as "8/255", which is how papers write it. */
const fraction = z
  .string()
  .max(20)
  .regex(/^\d+(?:\.\d+)?\/[1-9]\d*$/)
  .transform((text) => {
    const [over = 0, under = 1] = text.split('/').map(Number);
    return over / under;
  })
  .meta({ patternErrorMessage: 'a fraction such as "8/255"' });

const distance = (most: number) => z.union([z.number().gt(0).max(most), fraction]);

/** Half the diagonal of a large image is more than enough. */
const FARTHEST = 1000;

const settings = {
  norm: z
    .enum(['linf', 'l2'])
    .default('linf')
    .meta({
      description: 'How the distance between an image and its attacked self is measured.',
      enumDescriptions: ['the largest change of any value', 'the Euclidean length of all changes'],
    }),
  epsilon: distance(FARTHEST)
    .default(8 / 255)
    .meta({
      description: 'The largest distance, of pixels in 0 … 1.',
      absent: '8/255',
      examples: ['8/255', 0.5],
    }),
  stepSize: distance(FARTHEST)
    .optional()
    .meta({
      description: 'How far a step goes.',
      absent: 'epsilon for one step, 2.5 × epsilon / steps for several',
      examples: ['2/255'],
    }),
  steps: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .meta({
      description: 'How many steps: one is FGSM.',
      absent: '1 for fgsm, 10 for pgd',
      examples: [10, 20],
    }),
};

const kind = z.enum(['fgsm', 'pgd']).meta({
  description: 'The attack.',
  enumDescriptions: [
    'one step along the sign of the gradient',
    'several smaller steps, each brought back within the distance',
  ],
});

export const attackSchema = z
  .strictObject({
    kind,
    ...settings,
    randomStart: z.boolean().optional().meta({
      description: 'Whether an attack starts from a random point within the distance.',
      absent: 'only with more than one restart',
    }),
    restarts: z
      .int()
      .min(1)
      .max(100)
      .default(1)
      .meta({
        description:
          'How many times each image is attacked, from other starts: it counts as right where none succeeds.',
        examples: [1, 5],
      }),
    images: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .meta({
        description: 'How many test images to attack, from the first.',
        absent: 'all',
        examples: [256],
      }),
    seed: z.int().min(0).max(0xffff_ffff).default(1).meta({ description: 'Random starts follow from this number.' }),
    expect: z
      .strictObject({
        accuracy: z
          .strictObject({ min: z.number().min(0).max(100).meta({ description: 'At least this, in per cent.' }) })
          .optional()
          .meta({ description: 'Accuracy under the attack.', absent: 'nothing is asked of it' }),
      })
      .optional()
      .meta({ description: 'What must hold for a checkpoint to pass.', absent: 'nothing is asked' }),
  })
  .meta({ title: 'Attack' });
/** As a file has it, with defaults in. */
export type Attack = z.output<typeof attackSchema>;

/** Of attacks in a study. */
const MOST_ATTACKS = 20;

export const attacksSchema = z
  .array(attackSchema)
  .min(1)
  .max(MOST_ATTACKS)
  .optional()
  .meta({
    description:
      'Tests by attacks along the gradient. What they find is a lower bound of what an adversary can do: a checkpoint that withstands them is not shown to be robust.',
    absent: 'none',
    examples: [[{ kind: 'pgd', epsilon: '2/255', steps: 10, images: 256 }]],
  });

export const adversarialSchema = z
  .strictObject({
    kind,
    ...settings,
    stepSize: settings.stepSize.meta({
      description: 'How far a step goes.',
      absent:
        '1.25 × epsilon for one step from a random start, epsilon for one without, 2.5 × epsilon / steps for several',
      examples: ['2/255'],
    }),
    randomStart: z.boolean().optional().meta({
      description: 'Whether each attack starts from a random point within the distance.',
      absent: 'true',
    }),
  })
  .meta({
    description:
      'Each training batch is replaced by its attacked self (Madry et al. 2018; of one step with a random start, Wong et al. 2020).',
    absent: 'images are not attacked',
    examples: [{ kind: 'pgd', epsilon: '2/255', steps: 3 }],
  });
export type AdversarialSettings = z.output<typeof adversarialSchema>;
