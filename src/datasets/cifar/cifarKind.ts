/** What the records of CIFAR-10 and CIFAR-100 share. What reads files is loaded when it is called. */
import * as z from 'zod';
import type { DataReader, OpenOptions } from '../dataReader';
import type { AnySettings, DataFacts, OnDisk } from '../datasetKind';
import type { CifarFormat } from './format';
import type { FolderSettings } from './open';

export function folderSchema(format: CifarFormat, standard: string) {
  const { binary, Python } = format.names;
  return z
    .string()
    .min(1)
    .max(4096)
    .default(standard)
    .meta({
      description: `The folder with ${binary.train} and ${binary.test}, or with ${Python.train} and ${Python.test} of the Python version: absolute, or relative to the study file. Downloaded when it is absent and you agree.`,
      examples: [standard],
    });
}

/** @param variantOf which label of the records the settings mean, and what its classes are called */
export function cifarReading<Settings extends FolderSettings & AnySettings>(
  format: CifarFormat,
  variantOf: (settings: Pick<Settings, 'kind'> & Partial<Settings>) => { label: number; classNames: readonly string[] },
  kind: Settings['kind'],
) {
  return {
    classNames: (settings: Settings): readonly string[] => variantOf(settings).classNames,
    async open(settings: Settings, options: OpenOptions): Promise<DataReader> {
      const { label, classNames } = variantOf(settings);
      return (await import('./open')).openFolder(settings, { format, label }, classNames, options);
    },
    async readFacts(settings: Settings): Promise<DataFacts> {
      const { label } = variantOf(settings);
      return (await import('./open')).readFolderFacts(settings, { format, label });
    },
    reading: {
      isFile: (name) => format.train.test(name) || format.test.test(name),
      async openFile(path) {
        const { label, classNames } = variantOf({ kind } as Settings);
        return (await import('./open')).openBatchFile(path, { format, label }, classNames);
      },
      async hashFile(path, images, _folder, signal) {
        const { label } = variantOf({ kind } as Settings);
        return (await import('./sameFiles')).hashFile({ path, records: images }, { format, label }, signal);
      },
    } satisfies Omit<OnDisk, 'variants' | 'archive'>,
  };
}
