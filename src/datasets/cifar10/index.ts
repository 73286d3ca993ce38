/** CIFAR-10: 60,000 photographs of ten classes. */
import * as z from 'zod';
import { SIDE, type CifarFormat } from '../cifar/format';
import { cifarReading, folderSchema } from '../cifar/cifarKind';
import { declareKind } from '../datasetKind';
import { limits } from '../limits';

const CLASS_NAMES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'] as const;

const FORMAT: CifarFormat = {
  title: 'CIFAR-10',
  labels: [{ key: 'labels', classes: CLASS_NAMES.length }],
  train: /^data_batch_\d+(\.bin)?$/,
  test: /^test_batch(\.bin)?$/,
  names: {
    binary: {
      train: 'data_batch_*.bin',
      test: 'test_batch.bin',
      all: 'data_batch_1.bin … data_batch_5.bin (one or more of them) and test_batch.bin',
    },
    Python: { train: 'data_batch_*', test: 'test_batch', all: 'data_batch_1 … data_batch_5 and test_batch' },
  },
  archiveName: 'cifar-10-binary.tar.gz',
  folders: ['cifar-10-batches-bin', 'cifar-10-batches-py'],
};

const schema = z
  .strictObject({
    kind: z.literal('cifar10').meta({ description: 'CIFAR-10 in its official binary or Python version.' }),
    folder: folderSchema(FORMAT, 'data/cifar-10-batches-bin'),
    ...limits,
  })
  .meta({ title: 'CIFAR-10', description: 'CIFAR-10: 50,000 training and 10,000 test images, 32×32, ten classes.' });

const { reading, ...readers } = cifarReading<z.output<typeof schema>>(
  FORMAT,
  () => ({ label: 0, classNames: CLASS_NAMES }),
  'cifar10',
);

export const cifar10 = declareKind({
  kind: 'cifar10',
  schema,
  title: FORMAT.title,
  normalization: { name: 'cifar10', mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] },
  side: SIDE,
  ...readers,
  onDisk: {
    ...reading,
    variants: [{}],
    archive: {
      url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
      sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
      bytes: 170_052_171,
      variable: 'EPOCHLENS_CIFAR10',
      folder: 'cifar-10-batches-bin',
      members: /^(?:data_batch_\d|test_batch)\.bin$|^batches\.meta\.txt$/,
      largestMember: 30_730_000,
      images: { train: 50_000, test: 10_000 },
    },
  },
});
