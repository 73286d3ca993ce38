/** What has to be computed where it is not kept, for the engine process as for the command line. */
import { trimResults, whileUsing } from '../runs';
import { attentionHandler } from './drift/request';
import { explainHandler } from './heatmaps/request';
import { perturbedHandler } from './perturbed/request';
import { predictionsHandler } from './predictions/request';
import { robustnessHandler } from './robustness/request';
import { createScheduler } from './scheduler';

export type Computations = ReturnType<typeof createComputations>;

/**
 * @param start starts the engine, if it is not yet: called before the first computation, and not where all is kept
 * @param onWarning told of what could not be kept
 */
export function createComputations(start: () => Promise<unknown>, onWarning: (text: string, error?: unknown) => void) {
  const scheduler = createScheduler();
  return {
    predictions: using(predictionsHandler(scheduler, start, onWarning)),
    explain: using(explainHandler(scheduler, start, onWarning)),
    robustness: using(robustnessHandler(scheduler, start, onWarning)),
    perturbed: using(perturbedHandler(scheduler, start, onWarning)),
    attention: using(attentionHandler(scheduler, start, onWarning)),
  };
}

const TRIM_MILLISECONDS = 60_000;
const trimmed = new Map<string, number>();

/** To look at thousands of files takes longer than most requests. A folder that cannot be written to keeps what it has. */
function trimSoon(folder: string): void {
  if (Date.now() - (trimmed.get(folder) ?? 0) < TRIM_MILLISECONDS) return;
  trimmed.set(folder, Date.now());
  void trimResults(folder).catch(() => undefined);
}

/** While a request about a run is answered, none of the run's checkpoints is deleted; then its results fit the limit again. */
function using<Params extends { readonly run: string }, Context, Answer>(
  handler: (params: Params, context: Context) => Promise<Answer> | Answer,
): (params: Params, context: Context) => Promise<Answer> {
  return async (params, context) => {
    try {
      return await whileUsing(params.run, async () => handler(params, context));
    } finally {
      trimSoon(params.run);
    }
  };
}
