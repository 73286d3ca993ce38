import { expect, it } from 'vitest';
import type { Agreement, RandomisedPoint, Verdict } from '../../../../src/measures/sanity/numbers';
import { sanityTexts, type Checked } from '../../../../src/measures/sanity/text';
import type { Estimate } from '../../../../src/statistics';

const estimate = (mean: number, half = 0.05): Estimate => ({
  mean,
  n: 100,
  interval: { low: mean - half, high: mean + half },
  intervalFrom: 25,
});
const agreement = (signed: Estimate | null): Agreement => {
  return { signed, spearman: null, topOverlap: null, ssim: null, compared: 100, of: 100 };
};
const judged = (mean: number | null, verdict: Verdict) => ({
  ...agreement(mean === null ? null : estimate(mean)),
  chance: agreement(estimate(0.01)),
  aboveChance: mean === null ? null : estimate(mean - 0.01),
  verdict,
});
const NONE: Checked = {
  method: { name: 'Grad-CAM' },
  layer: { name: 'layer3.2' },
  classSensitivity: null,
  randomisation: null,
  against: null,
};

it('says whether maps are of the class, at the last epoch and at which', () => {
  const classSensitivity = [
    { epoch: 0, ...judged(0.9, 'alike') },
    { epoch: 1, ...judged(0.5, 'undecided') },
    { epoch: 2, ...judged(0.2, 'different') },
    { epoch: 3, ...judged(-0.1, 'different') },
  ];
  expect(sanityTexts({ ...NONE, classSensitivity }, null)).toEqual([
    'Grad-CAM at layer3.2 is sensitive to the class at epoch 3: its maps of the predicted class and of the runner-up agree by −0.10 (Spearman before ReLU, 95\u00a0% −0.15…−0.05, 100 images), less than with a random map (0.01).',
    'It is so at epochs 2 and 3; it is not at epoch 0; it cannot be said at epoch 1.',
  ]);
});

const redrawn = (group: string, mean: number, verdict: Verdict): RandomisedPoint => {
  return { group, groups: [group], ...judged(mean, verdict), draws: [mean] };
};
const randomisation = { epoch: 5, seed: 7, draws: 3, trainingImages: 512 };

it('says whether maps depend on the weights, and how these are drawn', () => {
  const cascading = [redrawn('head', 0.04, 'different'), redrawn('stem', 0.11, 'different')];
  const alone = [redrawn('head', 0.04, 'different'), redrawn('stem', 0.7, 'alike')];
  const [first, second, third] = sanityTexts({ ...NONE, randomisation: { ...randomisation, cascading, alone } }, null);
  expect(first).toBe(
    'Grad-CAM at layer3.2 depends on the weights: with the head re-drawn its maps and the trained ones agree by 0.04 (Spearman before ReLU, 95\u00a0% −0.01…0.09, 100 images), no more than with a random map (0.01); with all weights re-drawn they agree by 0.11 (Spearman before ReLU, 95\u00a0% 0.06…0.16, 100 images), more than with a random map (0.01), and less than 0.5, from where on maps are taken for alike.',
  );
  expect(second).toBe('Re-drawn one at a time: maps become others with the head; they stay alike with the stem.');
  expect(third).toMatch(/^Parameters of epoch 5 are drawn 3 times .*\(seed 7\).* over 512 training images/);
});

it('says that a method fails the check', () => {
  const cascading = [
    redrawn('head', 0.95, 'alike'),
    redrawn('layer3', 0.8, 'alike'),
    redrawn('stem', 0.1, 'different'),
  ];
  const texts = sanityTexts({ ...NONE, randomisation: { ...randomisation, cascading, alone: [] } }, null);
  expect(texts[0]).toMatch(
    /^Grad-CAM at layer3\.2 fails the check: .* by 0\.95 .*, more than with a random map \(0\.01\)/,
  );
  expect(texts[1]).toBe('Maps stay alike where the weights are re-drawn from the head down to the head and layer3.');
});

it('says what another run was trained on, and of what nothing can be compared', () => {
  const other = { run: '20261129-1', labels: 'permuted' } as const;
  const told = sanityTexts({ ...NONE, against: [{ epoch: 3, otherEpoch: 2, ...judged(0.02, 'different') }] }, other);
  expect(told[0]).toMatch(
    /^Grad-CAM at layer3\.2 tells this run from 20261129-1, which was trained on permuted labels: at epochs 3 and 2 their maps of the same class agree by 0\.02/,
  );
  const flat = {
    ...NONE,
    layer: { name: 'input' },
    against: [{ epoch: 3, otherEpoch: 3, ...judged(null, 'undecided') }],
  };
  expect(sanityTexts(flat, { ...other, labels: 'true' })[0]).toBe(
    'Whether Grad-CAM tells this run from 20261129-1 cannot be said: at epoch 3 their maps of the same class cannot be compared in any of 100 images, as a map that is the same everywhere cannot.',
  );
});
