/** Pictures in a folder for each class, or listed in a CSV file: any pictures that a person has. */
import type { OpenOptions } from '../dataReader';
import { declareKind, type AnySettings } from '../datasetKind';
import { InputError } from '../../common/errors';
import { schema, type FolderSettings } from './schema';

type Settings = FolderSettings & AnySettings;

/** ImageNet's, which most photographs are normalised by. */
const NORMALIZATION = { name: 'imagenet', mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

export const imageFolder = declareKind({
  kind: 'folder',
  schema,
  title: 'Image folder',
  normalization: NORMALIZATION,
  classNames: ({ classNames }: Settings) =>
    Array.isArray(classNames) || classNames === undefined ? classNames : Object.values(classNames),
  async open(settings: Settings, options: OpenOptions) {
    return (await import('./open')).openFolder(settings, options);
  },
  async readClassNames(settings: Settings) {
    return (await (await import('./listing')).listFolder(settings)).classNames;
  },
  async readFacts(settings: Settings) {
    return (await import('./open')).readFolderFacts(settings);
  },
  onDisk: {
    isFile: () => false,
    openFile: (path) =>
      Promise.reject(new InputError('a picture is no data set', { file: path, expected: 'a folder of classes' })),
    async hashFile(path, images, folder, signal) {
      return (await import('./open')).hashOfGroup(path, images, folder, signal);
    },
    variants: [],
  },
});
