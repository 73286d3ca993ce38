import { askedBenchmarks } from '../../../computations/benchmark/request';
import type { BenchmarkStart } from '../../../computations/benchmark/schema';
import type { BenchmarkContent } from '../../studies';
import { askedFor, type Asked } from './asked';

/** Those that the study names. @throws InputError where a folder is not there, or not what it should be */
export async function collectBenchmark(asked: Asked): Promise<BenchmarkContent | undefined> {
  const { request, run, study, compute, progress } = asked;
  const count = progress.count('images');
  const { epochs } = askedFor(asked);
  const benchmarks: BenchmarkContent['benchmarks'][number][] = [];
  for (const each of await askedBenchmarks(run, study)) {
    let start: BenchmarkStart | undefined;
    const found: BenchmarkContent['benchmarks'][number]['epochs'][number][] = [];
    await request('benchmark', { run: run.folder, epochs, ...each, compute }, (value) => {
      if (value.kind === 'start') start = value;
      if (value.kind === 'count') count(value.done, value.of);
      if (value.kind === 'result') found.push({ epoch: value.epoch, benchmark: value.benchmark });
    });
    found.sort((a, b) => a.epoch - b.epoch);
    if (start !== undefined && found.length > 0) {
      const { title, files, missing, against } = start;
      benchmarks.push({ title, files, missing, against: against?.name ?? null, epochs: found });
    }
  }
  return benchmarks.length === 0 ? undefined : { benchmarks };
}
