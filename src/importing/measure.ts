/** What imported checkpoints do on the study's test images: measured as `evaluate` and every prediction is. */
import { pixelHash, type Dataset } from '../datasets';
import type { InputSettings } from '../models/input';
import type { Model } from '../models/model';
import type { Weights } from '../models/weights';
import type { Evaluation } from '../models/evaluate';

export interface Measuring {
  readonly dataset: Dataset;
  /** Starts the engine, if it is not yet. */
  readonly start: () => Promise<unknown>;
}

export interface MeasureWatch {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: number, of: number) => void) | undefined;
}

export interface Meter {
  /** Of the test images, as kept predictions name them: see `pixelHash`. */
  readonly images: string;
  measure(weights: Weights, watch: MeasureWatch): Promise<Evaluation>;
}

/** Undefined where there are no test images. */
export async function createMeter(
  model: Model,
  input: InputSettings,
  { dataset: { test }, start }: Measuring,
): Promise<Meter | undefined> {
  if (test.count === 0) return undefined;
  await start();
  // Loaded once the engine has been started: they need TensorFlow.js.
  const [{ evaluate }, { disposeWeights, loadWeights }] = await Promise.all([
    import('../models/evaluate'),
    import('../models/forward'),
  ]);
  return {
    images: pixelHash(test),
    async measure(weights, watch) {
      const loaded = loadWeights(weights);
      try {
        return await evaluate(model, loaded, test, input, watch);
      } finally {
        disposeWeights(loaded);
      }
    },
  };
}
