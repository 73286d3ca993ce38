/** Images and labels in NumPy's `.npy` files: what people save from their own code, and CIFAR-10.1 as it is published. */
import type { DataReader, OpenOptions } from '../dataReader';
import { declareKind, type DataFacts } from '../datasetKind';
import { arraysSchema, type ArraysSettings } from './schema';

export const arrays = declareKind({
  kind: 'arrays',
  schema: arraysSchema,
  title: 'NumPy arrays',
  normalization: { name: 'half', mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  classNames: ({ classNames }: ArraysSettings) => classNames,
  async readClassNames(settings: ArraysSettings): Promise<readonly string[]> {
    return (await import('./open')).readClassNames(settings);
  },
  async open(settings: ArraysSettings, options: OpenOptions): Promise<DataReader> {
    return (await import('./open')).openArrays(settings, options);
  },
  async readFacts(settings: ArraysSettings): Promise<DataFacts> {
    return (await import('./open')).readArrayFacts(settings);
  },
  onDisk: {
    isFile: () => false,
    async hashFile(file, images, _folder, signal) {
      return (await import('./identity')).hashFile(file, images, signal);
    },
    variants: [],
  },
});
