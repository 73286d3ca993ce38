/** What a training may do beside plain stochastic gradient descent: each field is absent where it is off. */
import * as z from 'zod';
import { adversarialSchema } from './attackSchema';

const MOST_EPOCHS = 10_000;

export const stepScheduleSchema = z.strictObject({
  kind: z.literal('step').meta({ description: 'The learning rate is multiplied at some epochs, as MultiStepLR does.' }),
  milestones: z
    .array(z.int().min(1).max(MOST_EPOCHS))
    .min(1)
    .max(100)
    .meta({ description: 'After so many epochs, ascending.', examples: [[82, 123]] }),
  factor: z.number().gt(0).lt(1).default(0.1).meta({ description: 'What the learning rate is multiplied by.' }),
});
export type StepSchedule = z.output<typeof stepScheduleSchema>;

export const recipeSettings = {
  nesterov: z
    .boolean()
    .exactOptional()
    .meta({ description: "Nesterov's momentum, in PyTorch's form.", absent: 'false' }),
  labelSmoothing: z
    .number()
    .min(0)
    .lt(1)
    .exactOptional()
    .meta({
      description:
        'The share of the target that goes evenly to all classes (Szegedy et al. 2016), as CrossEntropyLoss has it.',
      absent: '0',
      examples: [0.1],
    }),
  ema: z
    .strictObject({
      decay: z
        .number()
        .gt(0)
        .lt(1)
        .default(0.999)
        .meta({ description: 'Of the average, at each step.', examples: [0.999] }),
    })
    .exactOptional()
    .meta({
      description:
        'Checkpoints hold the exponential moving average of the weights over the steps, as timm’s ModelEmaV3 does.',
      absent: 'checkpoints hold the weights themselves',
    }),
  mixup: z
    .strictObject({
      alpha: z
        .number()
        .gt(0)
        .max(100)
        .default(1)
        .meta({ description: 'Of the beta distribution that shares are drawn from.', examples: [0.2, 1] }),
    })
    .exactOptional()
    .meta({
      description:
        'Each batch is mixed with itself in another order, images and labels alike, by one drawn share (Zhang et al. 2018).',
      absent: 'images are not mixed',
    }),
  adversarial: adversarialSchema.exactOptional(),
};
