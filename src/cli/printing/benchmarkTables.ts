/** What `benchmark` prints. */
import type { Benchmark } from '../../measures/benchmark/measured';
import { ONLY_IN_FILES } from '../../measures/benchmark/names';
import { BENCHMARK_NOTE, benchmarkSentences, missingText } from '../../measures/benchmark/text';
import type { BenchmarkStart } from '../../computations/benchmark/schema';
import { meanCells, rateCells } from './estimates';
import { NOTHING, table, withoutEmptyColumns, type Output } from './output';

/** A checkpoint's. */
export interface BenchmarkAt {
  readonly epoch: number | null;
  /** As a column has it, "20", and as a sentence has it, "epoch 20". */
  readonly checkpoint: { readonly cell: string; readonly name: string };
  /** Error on the test images as they are, in per cent; undefined where it was not measured. */
  readonly clean: number | undefined;
  readonly benchmark: Benchmark;
}

/** @param all by epoch, at least one */
export function printBenchmark(output: Output, start: BenchmarkStart, all: readonly BenchmarkAt[]): void {
  const print = (rows: readonly string[][]): void =>
    table(withoutEmptyColumns(rows)).forEach((line) => output.line(line));
  output.line(`${start.title}: ${start.folder}`);
  print([EPOCHS_HEADER, ...all.map(epochCells)]);
  const last = all.at(-1) as BenchmarkAt;
  const { corruptions, sequences, testSets } = last.benchmark;
  if (corruptions.length > 0) {
    const severities = Math.max(...corruptions.map(({ errors }) => errors.length));
    output.line();
    output.line(`Error in per cent by severity at ${last.checkpoint.name}:`);
    const numbers = Array.from({ length: severities }, (_, at) => String(at + 1));
    print([
      ['corruption', 'group', ...numbers, 'mean', '95 %', 'relative', '95 %'],
      ...corruptions.map(({ name, group, errors, mean, relative }) => [
        name,
        group,
        ...errors.map((error) => rateCells(error)[0]),
        ...meanCells(mean, 2),
        ...meanCells(relative, 3),
      ]),
    ]);
  }
  if (sequences.length > 0) {
    output.line();
    output.line(`Flip probability in per cent at ${last.checkpoint.name}:`);
    print([
      ['sequence', 'group', 'frames', 'compared with', 'flips', '95 %'],
      ...sequences.map(({ name, group, frames, withFirst, flips }) => [
        name,
        group,
        String(frames),
        withFirst ? 'the first' : 'the one before',
        ...rateCells(flips),
      ]),
    ]);
  }
  if (testSets.length > 0) {
    output.line();
    print([
      ['test set', 'images', 'error %', '95 %'],
      ...testSets.map(({ name, error }) => [name, String(error.of), ...rateCells(error)]),
    ]);
  }
  output.line();
  const { missing, skipped, against, files } = start;
  const own = files.filter(
    ({ kind, name }) => kind === 'corruption' && (ONLY_IN_FILES as readonly string[]).includes(name),
  );
  const sentences = [
    ...benchmarkSentences(last.checkpoint.name, last.benchmark, against?.name),
    missingText(missing),
    ...skipped.map(({ name, why }) => `Left out: ${name} (${why}).`),
    own.length > 0
      ? `Only from files, and not drawn by EpochLens: ${own.map(({ name }) => name).join(', ')}.`
      : undefined,
    corruptions.length > 0 ? BENCHMARK_NOTE : undefined,
  ];
  for (const sentence of sentences) if (sentence !== undefined) output.line(sentence);
}

const EPOCHS_HEADER = [
  ...['epoch', 'clean error %', 'mean corruption error %', '95 %', 'relative error', '95 %'],
  ...['mean flip probability %', '95 %'],
];

function epochCells({ checkpoint, clean, benchmark }: BenchmarkAt): string[] {
  const { meanCorruptionError, relativeError, meanFlips } = benchmark;
  return [
    checkpoint.cell,
    clean?.toFixed(2) ?? NOTHING,
    ...meanCells(meanCorruptionError?.estimate ?? null, 2),
    ...meanCells(relativeError?.estimate ?? null, 3),
    ...meanCells(meanFlips?.estimate ?? null, 2),
  ];
}
