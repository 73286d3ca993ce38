/** Gathers what was seen of images, a few numbers of each, into the numbers of a perturbation at a checkpoint. */
import { sevenDigits, sevenDigitsOrNull } from '../../common/sevenDigits';
import { estimateClusteredRate, estimateKnown, estimateMean, estimateRate, meanOf } from '../../statistics';
import type { Perturbation } from '../../perturbations';
import { ofEachSimilarity, SIMILARITY_MEASURES, type Similarity } from '../similarity';
import type { Measured } from './measured';
import type { Prediction } from './prediction';

export interface Tally {
  /**
   * Of image number `image` among those looked at.
   * @param similarity of the clean and the perturbed heatmap: see `compareMaps`
   */
  add(
    image: number,
    round: number,
    label: number,
    clean: Prediction,
    perturbed: Prediction,
    similarity: Similarity,
  ): void;
  measured(): Measured;
}

export function createTally(images: number, { rounds }: Pick<Perturbation, 'rounds'>): Tally {
  // Round by round, [rounds][images].
  const column = (): Float64Array => new Float64Array(rounds * images);
  const [correct, flipped, dropOfPrediction, dropOfLabel] = [column(), column(), column(), column()];
  const cleanCorrect = new Float64Array(images);
  const cleanConfidence = new Float64Array(images);
  const similar = ofEachSimilarity(column);

  return {
    add(image, round, label, clean, perturbed, similarity) {
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
      for (const { key } of SIMILARITY_MEASURES) similar[key][at] = similarity[key] ?? NaN;
    },
    measured: () => ({
      images,
      rounds,
      clean: {
        accuracy: estimateRate(sumOf(cleanCorrect), images),
        confidence: estimateMean(cleanConfidence, 'confidence'),
      },
      accuracy: estimateClusteredRate(sumsOverRounds(correct, images), rounds),
      flipRate: estimateClusteredRate(sumsOverRounds(flipped, images), rounds),
      confidenceDrop: {
        ofPrediction: estimateMean(meansOverRounds(dropOfPrediction, images), 'drop'),
        ofLabel: estimateMean(meansOverRounds(dropOfLabel, images), 'drop'),
      },
      heatmapSimilarity: {
        ...ofEachSimilarity(({ key, quantity }) => estimateKnown(ofPairs(similar[key], images), quantity)),
        compared: countKnown(similar.spearman),
      },
      perRound: Array.from({ length: rounds }, (_, round) => {
        const of = (values: Float64Array): Float64Array => values.subarray(round * images, (round + 1) * images);
        return {
          correct: sumOf(of(correct)),
          flipped: sumOf(of(flipped)),
          dropOfPrediction: meanOf(of(dropOfPrediction)),
          dropOfLabel: meanOf(of(dropOfLabel)),
          spearman: meanOfKnown(of(similar.spearman)),
          compared: countKnown(of(similar.spearman)),
        };
      }),
      perImage: {
        cleanCorrect: [...cleanCorrect],
        cleanConfidence: Array.from(cleanConfidence, sevenDigits),
        correct: [...sumsOverRounds(correct, images)],
        flipped: [...sumsOverRounds(flipped, images)],
        drop: Array.from(meansOverRounds(dropOfPrediction, images), sevenDigits),
        dropOfLabel: Array.from(meansOverRounds(dropOfLabel, images), sevenDigits),
        ...ofEachSimilarity(({ key }) => ofPairs(similar[key], images).map(sevenDigitsOrNull)),
      },
    }),
  };
}

/** An image's sum over its rounds: rounds of an image are no independent draws, images are. */
function sumsOverRounds(values: Float64Array, images: number): Float64Array {
  const sums = new Float64Array(images);
  values.forEach((value, at) => {
    sums[at % images] = (sums[at % images] as number) + value;
  });
  return sums;
}

/** @param values [rounds][images] */
function meansOverRounds(values: Float64Array, images: number): Float64Array {
  return sumsOverRounds(values, images).map((sum) => (sum * images) / values.length);
}

/** Of each image the mean over those of its rounds whose maps can be compared. @param values NaN where they cannot */
function ofPairs(values: Float64Array, images: number): (number | null)[] {
  const rounds = values.length / images;
  return Array.from({ length: images }, (_, image) =>
    meanOfKnown(Float64Array.from({ length: rounds }, (__, round) => values[round * images + image] as number)),
  );
}

function meanOfKnown(values: Float64Array): number | null {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length === 0 ? null : meanOf(known);
}

function countKnown(values: Float64Array): number {
  return values.filter((value) => !Number.isNaN(value)).length;
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
