import { groupOf } from '../../measures/benchmark/names';
import type { BenchmarkFolder } from './folder';
import type { BenchmarkStart } from './schema';

/** What is in the folder, as it is told before anything is computed. */
export function startMessage(
  folder: string,
  { title, files, missing, skipped }: BenchmarkFolder,
  limit: number,
  against: BenchmarkStart['against'],
): BenchmarkStart {
  return {
    kind: 'start',
    folder,
    title,
    files: files.map(({ kind, name, images, each }) => ({
      kind,
      name,
      group: groupOf(kind, name),
      images: Math.min(images, limit),
      predictions: each * Math.min(images, limit),
    })),
    missing: [...missing],
    skipped: [...skipped],
    against,
  };
}
