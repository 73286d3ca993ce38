/** The published benchmarks that a study is tested on: folders of `.npy` files. */
import * as z from 'zod';

const path = z.string().min(1).max(4096);

export const benchmarksSchema = z
  .array(
    z
      .strictObject({
        folder: path.meta({
          description:
            'The folder of CIFAR-10-C, CIFAR-100-C, CIFAR-10-P or CIFAR-10.1, or of some of their .npy files: absolute, or relative to the study file.',
          examples: ['data/CIFAR-10-C'],
        }),
        limit: z
          .int()
          .min(1)
          .max(1_000_000)
          .optional()
          .meta({
            description: 'How many images of each severity, or sequences, to test on, from the first.',
            absent: 'all',
            examples: [1000],
          }),
        against: path.optional().meta({
          description:
            'The run that errors are relative to: a run folder, or a study file for its newest run; absolute, or relative to the study file.',
          absent: 'errors are relative to nothing',
          examples: ['baseline.epochlens.json'],
        }),
      })
      .meta({ title: 'Benchmark', description: 'A published benchmark’s files, read where they lie.' }),
  )
  .min(1)
  .max(20)
  .optional()
  .meta({
    description:
      'Published benchmarks of robustness: the error under each corruption and severity, and how often predictions flip in sequences.',
    absent: 'none',
    examples: [[{ folder: 'data/CIFAR-10-C' }]],
  });

export interface BenchmarkSettings {
  folder: string;
  limit?: number | undefined;
  against?: string | undefined;
}

/** A study's, where it has one. */
export function benchmarksOf({ benchmarks }: { readonly benchmarks?: readonly BenchmarkSettings[] | undefined }): {
  benchmarks?: BenchmarkSettings[];
} {
  if (benchmarks === undefined) return {};
  // Without fields that are undefined, so that equal lists are equal as JSON, too.
  return {
    benchmarks: benchmarks.map(({ folder, limit, against }) => ({
      folder,
      ...(limit === undefined ? {} : { limit }),
      ...(against === undefined ? {} : { against }),
    })),
  };
}
