/** Outputs that are no numbers: of them no class can be said to be predicted, and no heatmap be drawn. */
import { WorkError } from '../common/errors';
import { areFinite } from '../common/scores';

const SUMMARY = 'the network gives no finite numbers';
const EXPECTED = 'finite numbers';
const ADVICE =
  'Its weights are too large, as after a training that has diverged, or its normalisation is another than it was trained with: choose an earlier epoch or other weights.';

class NotFinite extends WorkError {}

/**
 * @param place what they are of, such as an image's name
 * @throws WorkError where logits or maps are not all finite
 */
export function requireFinite(place: string, ...outputs: readonly ArrayLike<number>[]): void {
  if (outputs.every(areFinite)) return;
  const found = 'values that are infinite or not a number';
  throw new NotFinite(SUMMARY, { place, found, expected: EXPECTED, advice: ADVICE });
}

/** Runs what may find such outputs, and names the file of weights that they come from. */
export async function namingWeights<T>(file: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof NotFinite) || error.problem.file !== undefined) throw error;
    throw new NotFinite(error.summary, { ...error.problem, file }, { cause: error });
  }
}
