/** What is done to training images, on their pixels. A new kind is a file, listed in `AUGMENTATION_KINDS`. */
import * as z from 'zod';

export const augmentationSchema = z
  .enum(['none', 'flipCrop'])
  .default('none')
  .meta({
    description: 'What is done to training images.',
    enumDescriptions: ['nothing', 'random left-right flip, and a random crop after padding by 4 pixels'],
  });
export type Augmentation = z.output<typeof augmentationSchema>;
