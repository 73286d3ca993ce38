/** A benchmark by weights that are no run's: nothing of it is kept. */
import type { ClassIndices } from '../../common/classIndices';
import type { Benchmark } from '../../measures/benchmark/measured';
import { evaluate, requirePredictions } from '../../models/evaluate';
import { disposeWeights, loadWeights } from '../../models/forward';
import type { InputSettings } from '../../models/input';
import type { Model } from '../../models/model';
import type { Weights } from '../../models/weights';
import { startMessage } from './describe';
import { openBenchmark, type BenchmarkFile } from './folder';
import { measureParts } from './measured';
import { partsOf, type Part } from './parts';
import type { BenchmarkStart } from './schema';

/** Once an engine has been started. @throws InputError, WorkError, CancelledError */
export async function benchmarkWeights(
  { model, input, weights: parameters }: { model: Model; input: InputSettings; weights: Weights },
  { folder: path, limit = Infinity }: { folder: string; limit?: number | undefined },
  { signal, progress }: { signal: AbortSignal; progress: (done: number, of: number) => void },
): Promise<{ start: BenchmarkStart; benchmark: Benchmark }> {
  const folder = await openBenchmark(path, model.classes);
  const parts = new Map<BenchmarkFile, readonly Part[]>();
  for (const file of folder.files) parts.set(file, await partsOf(file, limit, signal));
  const all = [...parts.values()].flat();
  const of = all.reduce((sum, { set }) => sum + set.count, 0);
  const found = new Map<Part, ClassIndices>();
  const weights = loadWeights(parameters);
  let done = 0;
  try {
    for (const part of all) {
      const result = await evaluate(model, weights, part.set, input, {
        signal,
        progress: (more) => progress(done + more, of),
      });
      requirePredictions(result);
      found.set(part, result.predictions);
      done += part.set.count;
    }
  } finally {
    disposeWeights(weights);
  }
  const benchmark = measureParts(parts, (part) => found.get(part) as ClassIndices);
  return { start: startMessage(path, folder, limit, null), benchmark };
}
