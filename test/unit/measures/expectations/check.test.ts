import { describe, expect, it } from 'vitest';
import { foundSanity } from '../../../../src/measures/expectations/adapters';
import { foundLines, foundText, missedLimits } from '../../../../src/measures/expectations/check';
import { foundScore } from '../../../../src/measures/expectations/found';
import { EXPECTED_STUDIES, expectedStudy } from '../../../../src/measures/expectations/studies';
import { estimateOf } from '../../statistics/samples';

const faithfulness = expectedStudy('faithfulness');
const deletion = foundScore('deletion', estimateOf(0.3, 0.05, 200), [
  ['random', estimateOf(-0.08, 0.02, 200)],
  ['untrained', null],
]);
const texts = (limits: object, found = [deletion]): string[] =>
  missedLimits(faithfulness, limits as never, found).map(({ text }) => text);

describe('a limit', () => {
  it.each([
    ['of the mean is met where it is equal', { deletion: { max: 0.3, min: 0.3 } }, []],
    [
      'of the mean is missed',
      { deletion: { max: 0.29 } },
      ['Deletion 0.300 (95 % 0.250…0.350, 200 images), expected at most 0.29'],
    ],
    [
      'that rounding would hide is told apart',
      { deletion: { max: 0.2999 } },
      [expect.stringMatching(/^Deletion 0\.300 /)],
    ],
    ['of the difference to a control is met', { deletion: { belowRandomBy: 0.08 } }, []],
    [
      'of the difference is missed, with the interval on its side',
      { deletion: { belowRandomBy: 0.1 } },
      ['Deletion below a random map by 0.080 (95 % 0.060…0.100, 200 images), expected at least 0.1'],
    ],
    [
      'of a control that is not there cannot be decided',
      { deletion: { belowUntrainedBy: 0 } },
      [expect.stringContaining('cannot be decided')],
    ],
    ['of a score that does not apply is not asked', { insertion: { min: 1 } }, []],
    ['that is not there asks nothing', {}, []],
  ])('%s', (_, limits, missed) => {
    expect(texts(limits)).toEqual(missed);
  });

  it('of a score that no image has cannot be decided, and fails', () => {
    const [miss] = missedLimits(faithfulness, { insertion: { min: 0.5 } }, [foundScore('insertion', null)]);
    expect(miss).toMatchObject({ decided: false, measured: null, expectation: 'insertion.min' });
  });

  it('within a control is of the size of the difference', () => {
    const sanity = expectedStudy('sanity');
    const found = [foundScore('classSensitivity', estimateOf(0.1), [['chance', estimateOf(-0.2)]])];
    expect(missedLimits(sanity, { classSensitivity: { withinChanceBy: 0.2 } }, found)).toEqual([]);
    expect(missedLimits(sanity, { classSensitivity: { withinChanceBy: 0.1 } }, found)).toHaveLength(1);
  });
});

it('of sanity are of every checkpoint, and of what was randomised, as far as they were checked', () => {
  const point = (mean: number) => ({
    signed: estimateOf(mean),
    spearman: null,
    topOverlap: null,
    ssim: null,
    compared: 10,
    of: 10,
    verdict: 'undecided' as const,
    aboveChance: estimateOf(mean),
    chance: { signed: null, spearman: null, topOverlap: null, ssim: null, compared: 10, of: 10 },
  });
  const drawn = (group: string, groups: string[], mean: number) => ({ ...point(mean), group, groups, draws: [mean] });
  const classSensitivity = [0, 1].map((epoch) => ({ epoch, ...point(0.5) }));
  const cascading = [drawn('head', ['head'], 0.75), drawn('stem', ['stem', 'head'], 0.25)];
  const randomisation = { epoch: 1, seed: 0, draws: 1, trainingImages: 8, cascading, alone: [] };
  const means = (of: Parameters<typeof foundSanity>[0]) =>
    foundSanity(of).map(({ epoch, scores }) => [epoch, scores.map(({ key, mean }) => [key, mean])]);
  expect(means({ classSensitivity, randomisation })).toEqual([
    [0, [['classSensitivity', 0.5]]],
    [
      1,
      [
        ['classSensitivity', 0.5],
        ['randomisation', 0.25],
      ],
    ],
  ]);
  expect(means({ classSensitivity: null, randomisation })).toEqual([[1, [['randomisation', 0.25]]]]);
  expect(means({ classSensitivity: null, randomisation: { ...randomisation, cascading: [] } })).toEqual([]);
});

it('says what was found, short and at length', () => {
  expect(foundText(faithfulness, [deletion], { deletion: {} })).toBe('Deletion 0.300');
  expect(foundLines(faithfulness, [deletion])).toEqual([
    'Deletion: 0.300 (95 % 0.250…0.350, n = 200)',
    'Deletion less that of a random map: −0.080 (95 % −0.100…−0.060, n = 200)',
  ]);
});

it('names fields by the better side, each once', () => {
  const fields = EXPECTED_STUDIES.flatMap(({ key, scores }) =>
    scores.flatMap((score) => score.controls.map(({ field }) => `${key}.${score.key}.${field}`)),
  );
  expect(new Set(fields).size).toBe(fields.length);
  expect(fields).toEqual(
    expect.arrayContaining([
      'faithfulness.deletion.belowRandomBy',
      'faithfulness.road.aboveUntrainedBy',
      'localisation.energy.aboveBlobBy',
      'focus.share.aboveChanceBy',
    ]),
  );
});
