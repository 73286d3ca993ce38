/** The settings of a folder of pictures. */
import * as z from 'zod';
import { limits } from '../limits';

/** timm's `DEFAULT_CROP_PCT`. */
const CROP_FRACTION = 0.875;

const name = z.string().min(1).max(1024);

export const schema = z
  .strictObject({
    kind: z.literal('folder').meta({ description: 'Pictures in a folder for each class, or listed in a CSV file.' }),
    folder: z
      .string()
      .min(1)
      .max(4096)
      .default('data/images')
      .meta({
        description:
          'The folder with a folder of pictures for each class, or with train/, val/ or test/ of such: absolute, or relative to the study file.',
        examples: ['data/images', 'photos'],
      }),
    csv: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .meta({
        description:
          'A CSV file in the folder with the columns path, label and, where it says so, split (train, val or test); paths are relative to the folder.',
        absent: 'folders say the classes',
        examples: ['labels.csv'],
      }),
    classNames: z
      .union([z.array(name).min(2).max(65_535), z.record(name, name)])
      .optional()
      .meta({
        description:
          'The classes to use, in this order, by the names of their folders; or an object from folder names to the names to show.',
        absent: 'all, sorted by folder name as torchvision’s ImageFolder sorts them',
        examples: [['cat', 'dog'], { n01440764: 'tench', n02102040: 'English springer' }],
      }),
    testFolder: name.optional().meta({
      description: 'The folder beside train/ whose pictures are the test images.',
      absent: 'test/ where its pictures have labels, else val/',
      examples: ['val'],
    }),
    testFraction: z
      .number()
      .min(0)
      .max(1)
      .default(0.2)
      .meta({
        description: 'Where no folder holds test images: the share of each class that becomes test images. 1 for all.',
        examples: [0.2, 1],
      }),
    seed: z
      .int()
      .min(0)
      .max(0xffff_ffff)
      .default(1)
      .meta({
        description: 'Which pictures become test images follows from this number and their names.',
        examples: [1],
      }),
    size: z
      .int()
      .min(8)
      .max(1024)
      .optional()
      .meta({
        description: 'Pixels a side that pictures are brought to.',
        absent: 'model.inputSize',
        examples: [64, 160],
      }),
    mode: z
      .enum(['crop', 'pad', 'stretch'])
      .default('crop')
      .meta({
        description: 'What is done with a picture of another size or shape, in training and evaluation alike.',
        enumDescriptions: [
          'As timm evaluates: the shorter side is resized to size ÷ cropFraction (bicubic), and the centre cut out',
          'All of the picture in its proportions, the rest filled with grey',
          'All of the picture, whatever its proportions',
        ],
      }),
    cropFraction: z
      .number()
      .min(0.1)
      .max(1)
      .default(CROP_FRACTION)
      .meta({
        description: "Of crop: the side of the crop as a share of the shorter side, timm's crop_pct.",
        examples: [0.875, 1],
      }),
    broken: z
      .enum(['refuse', 'skip'])
      .default('refuse')
      .meta({
        description: 'What is done where pictures cannot be decoded.',
        enumDescriptions: ['They are named, and nothing is trained', 'They are left out, and counted'],
      }),
    ...limits,
  })
  .meta({
    title: 'Folder of pictures',
    description: 'PNG, JPEG, GIF, BMP and WebP pictures in a folder for each class, brought to one size.',
  });

export type FolderSettings = ReturnType<typeof schema.parse>;
