/** What has to be computed where it is not kept, for the engine process as for the command line. */
import { attentionHandler } from './attentionRequest';
import { explainHandler } from './explainRequest';
import { perturbedHandler } from './perturbedRequest';
import { predictionsHandler } from './predictionsRequest';
import { robustnessHandler } from './robustnessRequest';
import { createTurns } from './turns';

export type Computations = ReturnType<typeof createComputations>;

/**
 * @param start starts the engine, if it is not yet: called before the first computation, and not where all is kept
 * @param complain told of what could not be kept
 */
export function createComputations(start: () => Promise<unknown>, complain: (text: string, error?: unknown) => void) {
  const turns = createTurns();
  return {
    predictions: predictionsHandler(turns, start, complain),
    explain: explainHandler(turns, start, complain),
    robustness: robustnessHandler(turns, start, complain),
    perturbed: perturbedHandler(turns, start, complain),
    attention: attentionHandler(turns, start, complain),
  };
}
