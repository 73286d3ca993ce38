/** How many steps an attack has, and how far they go, where nothing is said: for tests and for training alike. */
import type { AdversarialSettings } from './attackSchema';

type Given = Pick<AdversarialSettings, 'kind' | 'epsilon' | 'steps' | 'stepSize'>;

/** Steps of PGD. */
const PGD_STEPS = 10;
/** Several steps together go this many times as far as epsilon, as Madry et al. 2018 have it. */
const REACH = 2.5;
/** Of an attack by one step: from the image itself just to epsilon. */
const REACH_OF_ONE = 1;

/**
 * @param reachOfOne how many times epsilon a single step goes
 * @returns the number of steps, and the size of each in the unit of epsilon
 */
export function stepsOf(
  { kind, epsilon, steps = kind === 'fgsm' ? 1 : PGD_STEPS, stepSize }: Given,
  reachOfOne = REACH_OF_ONE,
): { steps: number; stepSize: number } {
  return { steps, stepSize: stepSize ?? ((steps > 1 ? REACH : reachOfOne) * epsilon) / steps };
}
