/** The confidence drop under a perturbation at a temperature: how much of it is the network's overconfidence alone. */
import { indexOfLargest } from '../../common/scores';
import { estimateMean, type Estimate } from '../../statistics';

interface PairedLogits {
  /** [n, classes] */
  readonly clean: Float32Array;
  /** Of each round, [n, classes] of the same images perturbed. */
  readonly rounds: readonly Float32Array[];
  readonly classes: number;
}

/**
 * p_clean[c] − p_perturbed[c], −1 … 1, where c is the clean prediction and p is softmax(logits / temperature): of an image
 * the mean over its rounds, then the mean over images.
 * @param temperature above 0
 */
export function meanDrop({ clean, rounds, classes }: PairedLogits, temperature = 1): Estimate {
  const n = clean.length / classes;
  const drops = new Float64Array(n);
  for (let image = 0; image < n; image++) {
    const of = (logits: Float32Array): Float32Array => logits.subarray(image * classes, (image + 1) * classes);
    const target = indexOfLargest(of(clean));
    const before = probability(of(clean), target, temperature);
    for (const round of rounds) {
      drops[image] = (drops[image] as number) + (before - probability(of(round), target, temperature)) / rounds.length;
    }
  }
  return estimateMean(drops, 'drop');
}

function probability(logits: Float32Array, target: number, temperature: number): number {
  const largest = logits[indexOfLargest(logits)] as number;
  let sum = 0;
  for (const logit of logits) sum += Math.exp((logit - largest) / temperature);
  return Math.exp(((logits[target] as number) - largest) / temperature) / sum;
}
