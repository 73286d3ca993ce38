/** What a network's logits say of images with known labels, at a temperature. */
import type { ClassIndices } from '../../common/classIndices';

/** Float32 as the network gives them, and finite. */
export interface LabelledLogits {
  /** [n, classes] */
  readonly logits: Float32Array;
  /** [n], each below `classes`. */
  readonly labels: ClassIndices;
  readonly classes: number;
}

/** Of each image, [n]. */
export interface Outcomes {
  /** The predicted class's probability, 1/classes … 1; of equal logits the first class is predicted. */
  readonly confidence: Float64Array;
  /** 1 where the predicted class is the label, else 0. */
  readonly correct: Float64Array;
  /** Negative log-likelihood of the label, in nats, 0 … ∞: −ln p_label. */
  readonly nll: Float64Array;
  /** Brier 1950: Σ_c (p_c − [c = label])², 0 … 2. */
  readonly brier: Float64Array;
}

/**
 * Probabilities are softmax(logits / temperature), in double precision: a logarithm of one is taken of the sum of
 * exponentials, so that none is of 0. @param temperature above 0 @throws RangeError where logits are not finite
 */
export function outcomesOf({ logits, labels, classes }: LabelledLogits, temperature = 1): Outcomes {
  const n = labels.length;
  requireFinite(logits);
  const column = (): Float64Array => new Float64Array(n);
  const [confidence, correct, nll, brier] = [column(), column(), column(), column()];
  const exponentials = new Float64Array(classes);
  for (let image = 0; image < n; image++) {
    const first = image * classes;
    const label = labels[image] as number;
    let predicted = 0;
    for (let c = 1; c < classes; c++) {
      if ((logits[first + c] as number) > (logits[first + predicted] as number)) predicted = c;
    }
    const largest = logits[first + predicted] as number;
    let sum = 0;
    for (let c = 0; c < classes; c++) {
      sum += exponentials[c] = Math.exp(((logits[first + c] as number) - largest) / temperature);
    }
    let squares = 0;
    for (let c = 0; c < classes; c++) squares += ((exponentials[c] as number) / sum - Number(c === label)) ** 2;
    confidence[image] = 1 / sum;
    correct[image] = Number(predicted === label);
    nll[image] = Math.log(sum) - ((logits[first + label] as number) - largest) / temperature;
    brier[image] = squares;
  }
  return { confidence, correct, nll, brier };
}

/** Images `start` … `end − 1`. */
export function imagesOf({ logits, labels, classes }: LabelledLogits, start: number, end?: number): LabelledLogits {
  const count = end ?? labels.length;
  return {
    logits: logits.subarray(start * classes, count * classes),
    labels: labels.subarray(start, count),
    classes,
  };
}

/** @throws RangeError */
export function requireFinite(logits: Float32Array): void {
  for (let i = 0; i < logits.length; i++) {
    if (!Number.isFinite(logits[i])) throw new RangeError(`logit ${i} is ${String(logits[i])}, and no finite number`);
  }
}
