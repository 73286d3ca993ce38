/** What is known of a benchmark, as it comes. */
import type { BenchmarkProgress, BenchmarkStart } from '../../../src/computations/benchmark/schema';
import type { Benchmark } from '../../../src/measures/benchmark/measured';

export interface BenchmarkPoint {
  readonly epoch: number;
  readonly benchmark: Benchmark;
}

export interface BenchmarkAnswer {
  readonly start: BenchmarkStart;
  /** Ascending. */
  readonly points: readonly BenchmarkPoint[];
}

export function takeBenchmark(
  answer: BenchmarkAnswer | undefined,
  progress: BenchmarkProgress,
): BenchmarkAnswer | undefined {
  switch (progress.kind) {
    case 'start':
      return { points: answer?.points ?? [], start: progress };
    case 'result': {
      if (answer === undefined) return undefined;
      const { epoch, benchmark } = progress;
      const others = answer.points.filter((point) => point.epoch !== epoch);
      return { ...answer, points: [...others, { epoch, benchmark }].sort((a, b) => a.epoch - b.epoch) };
    }
    case 'count':
      return answer;
  }
}
