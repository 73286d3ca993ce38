/** Gathers what was seen of images, a few numbers of each, into the numbers of a perturbation at a checkpoint. */
import type { StageDeclaration } from '../../architectures';
import type { Perturbation } from '../../study';
import { bootstrapMean, meanOf } from '../measures/bootstrap';
import { compareMaps, type Similarity } from './measures/similarity';
import type { Measured } from '../../protocol/measured';
import type { Sight } from './observe';

export interface Tally {
  /** Of image number `image` among those looked at. */
  add(image: number, round: number, label: number, clean: Sight, perturbed: Sight): void;
  measured(): Measured;
}

const SIMILARITIES = ['spearman', 'pearson', 'ssim', 'topOverlap'] as const satisfies (keyof Similarity)[];

export function createTally(
  images: number,
  { rounds, seed }: Perturbation,
  { height, width }: StageDeclaration,
): Tally {
  // Round by round, [rounds][images].
  const column = (): Float64Array => new Float64Array(rounds * images);
  const [correct, flipped, dropOfPrediction, dropOfLabel] = [column(), column(), column(), column()];
  const cleanCorrect = new Float64Array(images);
  const cleanConfidence = new Float64Array(images);
  const similar = { spearman: column(), pearson: column(), ssim: column(), topOverlap: column() };

  return {
    add(image, round, label, clean, perturbed) {
      const { predicted, probabilities } = clean;
      const at = round * images + image;
      const drop = (target: number): number =>
        (probabilities[target] as number) - (perturbed.probabilities[target] as number);
      cleanCorrect[image] = Number(predicted === label);
      cleanConfidence[image] = probabilities[predicted] as number;
      correct[at] = Number(perturbed.predicted === label);
      flipped[at] = Number(perturbed.predicted !== predicted);
      dropOfPrediction[at] = drop(predicted);
      dropOfLabel[at] = drop(label);
      const [a, b] = [clean.map, perturbed.map].map((values) => ({ height, width, values })) as [Grid, Grid];
      const similarity = compareMaps(a, b, perturbed.degrees);
      for (const name of SIMILARITIES) similar[name][at] = similarity[name] ?? NaN;
    },
    measured: () => ({
      images,
      rounds,
      clean: { accuracy: 100 * meanOf(cleanCorrect), confidence: meanOf(cleanConfidence) },
      accuracy: 100 * meanOf(correct),
      flipRate: 100 * meanOf(flipped),
      confidenceDrop: {
        ofPrediction: bootstrapMean(overRounds(dropOfPrediction, rounds, images), seed),
        ofLabel: bootstrapMean(overRounds(dropOfLabel, rounds, images), seed),
      },
      heatmapSimilarity: {
        spearman: meanOfKnown(similar.spearman),
        pearson: meanOfKnown(similar.pearson),
        ssim: meanOfKnown(similar.ssim),
        topOverlap: meanOfKnown(similar.topOverlap),
        compared: similar.spearman.filter((value) => !Number.isNaN(value)).length,
      },
      perRound: Array.from({ length: rounds }, (_, round) => {
        const of = (values: Float64Array): Float64Array => values.subarray(round * images, (round + 1) * images);
        return {
          accuracy: 100 * meanOf(of(correct)),
          flipRate: 100 * meanOf(of(flipped)),
          dropOfPrediction: meanOf(of(dropOfPrediction)),
          dropOfLabel: meanOf(of(dropOfLabel)),
          spearman: meanOfKnown(of(similar.spearman)),
        };
      }),
    }),
  };
}

interface Grid {
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** An image's mean over its rounds: rounds of an image are no independent draws, images are. */
function overRounds(values: Float64Array, rounds: number, images: number): Float64Array {
  const means = new Float64Array(images);
  values.forEach((value, at) => {
    means[at % images] = (means[at % images] as number) + value / rounds;
  });
  return means;
}

function meanOfKnown(values: Float64Array): number | null {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? null : meanOf(known);
}
