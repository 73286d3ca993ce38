/** CIFAR-100: 60,000 photographs, each of a fine class and of the coarse class that holds it. */
import * as z from 'zod';
import { SIDE, type CifarFormat } from '../cifar/format';
import { cifarReading, folderSchema } from '../cifar/cifarKind';
import { declareKind } from '../datasetKind';
import { limits } from '../limits';
import { COARSE_NAMES, FINE_NAMES } from './classNames';

const FORMAT: CifarFormat = {
  title: 'CIFAR-100',
  labels: [
    { key: 'coarse_labels', classes: COARSE_NAMES.length },
    { key: 'fine_labels', classes: FINE_NAMES.length },
  ],
  train: /^train(\.bin)?$/,
  test: /^test(\.bin)?$/,
  names: {
    binary: { train: 'train.bin', test: 'test.bin', all: 'train.bin and test.bin' },
    Python: { train: 'train', test: 'test', all: 'train and test' },
  },
  archiveName: 'cifar-100-binary.tar.gz',
  folders: ['cifar-100-binary', 'cifar-100-python'],
};

const schema = z
  .strictObject({
    kind: z.literal('cifar100').meta({ description: 'CIFAR-100 in its official binary or Python version.' }),
    folder: folderSchema(FORMAT, 'data/cifar-100-binary'),
    labels: z
      .enum(['fine', 'coarse'])
      .default('fine')
      .meta({
        description: 'Which of the two labels of each image is its class.',
        enumDescriptions: ['100 classes such as apple and aquarium_fish', '20 classes such as fish and flowers'],
      }),
    ...limits,
  })
  .meta({
    title: 'CIFAR-100',
    description: 'CIFAR-100: 50,000 training and 10,000 test images, 32×32, 100 fine or 20 coarse classes.',
  });

const { reading, ...readers } = cifarReading<z.output<typeof schema>>(
  FORMAT,
  ({ labels }) => (labels === 'coarse' ? { label: 0, classNames: COARSE_NAMES } : { label: 1, classNames: FINE_NAMES }),
  'cifar100',
);

export const cifar100 = declareKind({
  kind: 'cifar100',
  schema,
  title: FORMAT.title,
  normalization: { name: 'cifar100', mean: [0.5071, 0.4865, 0.4409], std: [0.2673, 0.2564, 0.2762] },
  side: SIDE,
  ...readers,
  onDisk: {
    ...reading,
    variants: [{ labels: 'fine' }, { labels: 'coarse' }],
    archive: {
      url: 'https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz',
      // The publisher's page gives its MD5, 03b5dce01913d631647c71ecec9e9cb8.
      sha256: '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
      bytes: 168_513_733,
      variable: 'EPOCHLENS_CIFAR100',
      folder: 'cifar-100-binary',
      members: /^(?:train|test)\.bin$|^(?:fine|coarse)_label_names\.txt$/,
      largestMember: 153_700_000,
      images: { train: 50_000, test: 10_000 },
    },
  },
});
