/** Gathers what was seen of images, a few numbers of each, into the numbers of a perturbation at a checkpoint. */
import * as z from 'zod/mini';
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
  /** What was added of the images `start` … `end − 1`, to be put into another tally. */
  part(start: number, end: number): TallyPart;
  /** @throws RangeError for a part of other images or rounds */
  put(start: number, part: TallyPart): void;
  measured(): Measured;
}

const perImage = z.array(z.number());
/** [rounds][images], one after the other. */
const perRound = z.array(z.number());

/** What a tally holds of some neighbouring images, to the bit. */
export const tallyPartSchema = z.object({
  cleanCorrect: perImage,
  cleanConfidence: perImage,
  correct: perRound,
  flipped: perRound,
  dropOfPrediction: perRound,
  dropOfLabel: perRound,
  /** Null where maps cannot be compared. */
  ...ofEachSimilarity(() => z.array(z.nullable(z.number()))),
});
export type TallyPart = z.output<typeof tallyPartSchema>;

export function createTally(images: number, { rounds }: Pick<Perturbation, 'rounds'>): Tally {
  // Round by round, [rounds][images].
  const column = (): Float64Array => new Float64Array(rounds * images);
  const [correct, flipped, dropOfPrediction, dropOfLabel] = [column(), column(), column(), column()];
  const cleanCorrect = new Float64Array(images);
  const cleanConfidence = new Float64Array(images);
  const similar = ofEachSimilarity(column);

  /** The values of some images, of one round after the other. */
  function cut(values: Float64Array, start: number, end: number): number[] {
    return Array.from({ length: values.length / images }, (_, round) => [
      ...values.subarray(round * images + start, round * images + end),
    ]).flat();
  }

  function paste(values: Float64Array, start: number, part: readonly (number | null)[]): void {
    const each = part.length / (values.length / images);
    if (!Number.isInteger(each) || start + each > images) throw new RangeError('a part of another tally');
    part.forEach((value, at) => {
      values[Math.floor(at / each) * images + start + (at % each)] = value ?? NaN;
    });
  }

  return {
    part: (start, end) => ({
      cleanCorrect: cut(cleanCorrect, start, end),
      cleanConfidence: cut(cleanConfidence, start, end),
      correct: cut(correct, start, end),
      flipped: cut(flipped, start, end),
      dropOfPrediction: cut(dropOfPrediction, start, end),
      dropOfLabel: cut(dropOfLabel, start, end),
      ...ofEachSimilarity(({ key }) =>
        cut(similar[key], start, end).map((value) => (Number.isNaN(value) ? null : value)),
      ),
    }),
    put(start, part) {
      paste(cleanCorrect, start, part.cleanCorrect);
      paste(cleanConfidence, start, part.cleanConfidence);
      paste(correct, start, part.correct);
      paste(flipped, start, part.flipped);
      paste(dropOfPrediction, start, part.dropOfPrediction);
      paste(dropOfLabel, start, part.dropOfLabel);
      for (const { key } of SIMILARITY_MEASURES) paste(similar[key], start, part[key]);
    },
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
