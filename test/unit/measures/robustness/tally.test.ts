import { describe, expect, it } from 'vitest';
import { similarityRestsText } from '../../../../src/measures/drift';
import { misses } from '../../../../src/measures/robustness/expectations';
import type { Prediction } from '../../../../src/measures/robustness/prediction';
import { createTally } from '../../../../src/measures/robustness/tally';
import { compareMaps } from '../../../../src/measures/similarity/heatmaps';
import type { Perturbation } from '../../../../src/perturbations';

const entry = (expected?: Perturbation['expect']): Perturbation => ({
  kind: 'gaussianNoise',
  standardDeviation: 0.1,
  rounds: 2,
  seed: 1,
  images: undefined,
  expect: expected,
});
/** Of maps of 2 × 2 that lie over each other. */
const similarityOf = (clean: Prediction, perturbed: Prediction) =>
  compareMaps({ height: 2, width: 2, values: clean.map }, { height: 2, width: 2, values: perturbed.map });

/** Of two classes: sure of the first by so much. */
function prediction(first: number, map: readonly number[]): Prediction {
  const predicted = first >= 0.5 ? 0 : 1;
  return { predicted, probabilities: [first, 1 - first], map: Float32Array.from(map) };
}

/** Two images, the first right and the second wrong, in two rounds. */
function measured() {
  const tally = createTally(2, entry());
  const [right, wrong] = [prediction(0.75, [0, 1, 2, 3]), prediction(0.75, [3, 2, 1, 0])];
  const add = (image: number, round: number, clean: Prediction, perturbed: Prediction): void =>
    tally.add(image, round, image, clean, perturbed, similarityOf(clean, perturbed));
  add(0, 0, right, prediction(0.5, [0, 1, 2, 3]));
  add(0, 1, right, prediction(0.25, [3, 2, 1, 0]));
  add(1, 0, wrong, prediction(0.875, [3, 2, 1, 0]));
  add(1, 1, wrong, prediction(0.375, [1, 1, 1, 1]));
  return tally.measured();
}

describe('the numbers of a perturbation', () => {
  it('are means over images and rounds, and a drop has its sign', () => {
    const { clean, accuracy, flipRate, confidenceDrop, heatmapSimilarity, perRound, perImage } = measured();
    expect([clean.accuracy.count, clean.accuracy.of]).toEqual([1, 2]);
    expect(clean.confidence).toEqual({ mean: 0.75, n: 2, interval: null, intervalFrom: 100 });
    // Right in the first image's first round, and where the second's flip happens to be its label.
    expect([accuracy, flipRate]).toMatchObject([
      { count: 2, of: 4 },
      { count: 2, of: 4 },
    ]);
    // Of the prediction: 0.25, 0.5, −0.125, 0.375. Of the label: 0.25, 0.5, and 0.125, −0.375.
    expect(confidenceDrop.ofPrediction.mean).toBeCloseTo(0.25, 12);
    expect(confidenceDrop.ofLabel.mean).toBeCloseTo(0.125, 12);
    // Images count, not rounds: two of them have no interval.
    expect(confidenceDrop.ofPrediction).toMatchObject({ n: 2, interval: null });
    // 1 and −1 of the first image, 1 of the second, and a flat map that has no rank.
    expect(heatmapSimilarity.spearman).toEqual({ mean: 0.5, n: 2, interval: null, intervalFrom: 25 });
    expect(heatmapSimilarity.compared).toBe(3);
    expect(heatmapSimilarity.ssim).toBeNull();
    expect(perRound.map((round) => [round.correct, round.flipped, round.dropOfPrediction, round.compared])).toEqual([
      [1, 0, 0.0625, 2],
      [1, 2, 0.4375, 1],
    ]);
    expect(perImage).toEqual({
      cleanCorrect: [1, 0],
      cleanConfidence: [0.75, 0.75],
      correct: [1, 1],
      flipped: [1, 1],
      drop: [0.375, 0.125],
      dropOfLabel: [0.375, -0.125],
      spearman: [0, 1],
      pearson: [0, 1],
      ssim: [null, null],
      topOverlap: [0.5, 1],
    });
  });

  it('are held against what is expected', () => {
    const numbers = measured();
    const missed = (expected: Perturbation['expect']) => misses(entry(expected), numbers).map(({ text }) => text);
    expect(missed(undefined)).toEqual([]);
    expect(missed({ confidenceDrop: { max: 0.25 }, accuracy: { min: 50 }, heatmapSimilarity: { min: 0.5 } })).toEqual(
      [],
    );
    expect(missed({ confidenceDrop: { max: 0.2 }, accuracy: { min: 51 }, heatmapSimilarity: { min: 0.6 } })).toEqual([
      'confidence drop 0.2500, expected at most 0.2',
      'accuracy 50.00 % (2 of 4), expected at least 51 %',
      'heatmap similarity 0.5000, expected at least 0.6',
    ]);
    const flat = { ...numbers, heatmapSimilarity: { ...numbers.heatmapSimilarity, spearman: null, compared: 0 } };
    expect(misses(entry({ heatmapSimilarity: { min: -1 } }), flat)).toMatchObject([
      {
        expectation: 'heatmapSimilarity',
        decided: false,
        measured: null,
        limit: -1,
        text: 'heatmap similarity cannot be decided: only 0 of 4 pairs of heatmaps can be compared, expected at least -1',
      },
    ]);
  });

  it('decide nothing by one of 600 pairs of heatmaps, whichever the limit', () => {
    const tally = createTally(200, { ...entry(), rounds: 3 });
    const flat = [1, 1, 1, 1];
    for (let image = 0; image < 200; image++) {
      for (let round = 0; round < 3; round++) {
        const map = image === 7 && round === 1 ? [0, 1, 2, 3] : flat;
        const [clean, perturbed] = [prediction(0.75, image === 7 ? [0, 1, 2, 3] : flat), prediction(0.75, map)];
        tally.add(image, round, 0, clean, perturbed, similarityOf(clean, perturbed));
      }
    }
    const numbers = tally.measured();
    expect(numbers.heatmapSimilarity.spearman?.mean).toBe(1);
    for (const min of [-1, 0.9])
      expect(misses(entry({ heatmapSimilarity: { min } }), numbers)).toMatchObject([
        {
          expectation: 'heatmapSimilarity',
          decided: false,
          measured: 1,
          limit: min,
          text: `heatmap similarity cannot be decided: only 1 of 600 pairs of heatmaps can be compared, expected at least ${min}`,
        },
      ]);
    expect(similarityRestsText(numbers)).toBe('rests on 1 of 600 pairs of heatmaps, too few to say anything by');
    // Half of the pairs, but of four images.
    const few = {
      ...numbers.heatmapSimilarity,
      spearman: { mean: 1, n: 4, interval: null, intervalFrom: 20 },
      compared: 300,
    };
    expect(misses(entry({ heatmapSimilarity: { min: 0 } }), { ...numbers, heatmapSimilarity: few })[0]?.text).toContain(
      'only 300 of 600 pairs of heatmaps (of 4 of 200 images) can be compared',
    );
    const enough = { ...few, spearman: { mean: 1, n: 100, interval: null, intervalFrom: 20 } };
    expect(misses(entry({ heatmapSimilarity: { min: 0 } }), { ...numbers, heatmapSimilarity: enough })).toEqual([]);
  });
});
