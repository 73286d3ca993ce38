/** From predictions of parts to what a benchmark says of a checkpoint. */
import type { ClassIndices } from '../../common/classIndices';
import { measureBenchmark, type CorruptionOutcome, type Wrong } from '../../measures/benchmark/measure';
import type { Benchmark } from '../../measures/benchmark/measured';
import type { BenchmarkFile } from './folder';
import type { Part } from './parts';

export type Predicted = (part: Part) => ClassIndices;

/** @param theirs of the other run, where one is named */
export function measureParts(
  parts: ReadonlyMap<BenchmarkFile, readonly Part[]>,
  mine: Predicted,
  theirs?: Predicted,
): Benchmark {
  const files = [...parts];
  const of = (kind: BenchmarkFile['kind']) => files.filter(([file]) => file.kind === kind);
  return measureBenchmark({
    corruptions: of('corruption').map(([{ name }, severities]): CorruptionOutcome => ({
      name,
      wrong: severities.map((part) => wrongOf(part, mine(part))),
      other: theirs && severities.map((part) => wrongOf(part, theirs(part))),
    })),
    sequences: of('sequence').map(([{ name, each }, chunks]) => ({
      name,
      frames: each,
      predictions: joined(chunks.map(mine)),
    })),
    testSets: of('testSet').flatMap(([{ name }, sets]) =>
      sets.map((part) => ({ name, wrong: wrongOf(part, mine(part)) })),
    ),
  });
}

function wrongOf({ set }: Part, predictions: ClassIndices): Wrong {
  return Uint8Array.from(predictions, (predicted, image) => Number(predicted !== set.labels[image]));
}

function joined(chunks: readonly ClassIndices[]): Uint16Array {
  const all = new Uint16Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}
