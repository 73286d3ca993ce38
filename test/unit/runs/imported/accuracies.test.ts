import { describe, expect, it } from 'vitest';
import {
  accuracyWarnings,
  differsFromClaim,
  importedAccuracies,
  importNotes,
  measuredAndClaimedText,
  measuredMetrics,
  type EpochMetrics,
} from '../../../../src/runs';
import { claims, manifestOf } from './manifests';

const UNKNOWN = { trainLoss: null, trainAccuracy: null, learningRate: null, seconds: null, imagesPerSecond: null };

function line(epoch: number, testAccuracy: number, testImages?: number): EpochMetrics {
  return { epoch, ...UNKNOWN, testLoss: 1, testAccuracy, ...(testImages === undefined ? {} : { testImages }) };
}

const measured = [line(3, (100 * 8) / 1017, 1017), line(4, (100 * 932) / 1017, 1017)];
const run = manifestOf([
  { epoch: 3, claimed: claims(93.07), epochFrom: 'name', file: '/theirs/epoch-3.pth' },
  { epoch: 4, claimed: claims(91.73), epochFrom: 'name' },
]);

describe('an import that was measured', () => {
  const accuracies = importedAccuracies(run, measured);

  it('has what was measured beside what its files claim', () => {
    expect(accuracies).toEqual([
      { epoch: 3, measured: { right: 8, count: 1017 }, claimed: claims(93.07), differs: true },
      { epoch: 4, measured: { right: 932, count: 1017 }, claimed: claims(91.73), differs: false },
    ]);
    expect(accuracies.map(measuredAndClaimedText)).toEqual([
      'measured 0.79\u00a0% (8 of 1,017); the file claims 93.07\u00a0%',
      'measured 91.64\u00a0% (932 of 1,017); the file claims 91.73\u00a0%',
    ]);
    expect(measuredMetrics(run, measured)).toBe(measured);
  });

  it('is warned of where the two differ, with what to look at', () => {
    const [warning, advice, ...others] = accuracyWarnings(run, accuracies);
    expect(warning).toMatch(/^Epoch 3 \(epoch-3\.pth\) gets 0\.79.% \(8 of 1,017\).*claims 93\.07.%.*more than chance/);
    expect(advice).toMatch(/network.*resnet20 at 32×32.*normalisation.*order of the classes.*claim is of other images/);
    expect(others).toEqual([]);
  });
});

describe('the best so far', () => {
  const best = manifestOf([{ epoch: 3, claimed: { ...claims(91.73), isBestSoFar: true }, file: '/theirs/c.pth' }]);
  const of = (right: number) => importedAccuracies(best, [line(3, (100 * right) / 1017, 1017)]);

  it('contradicts no checkpoint below it, and one that is above it', () => {
    expect([900, 932, 960].map((right) => of(right)[0]?.differs)).toEqual([null, false, true]);
    expect(of(900).map(measuredAndClaimedText)).toEqual([
      'measured 88.50\u00a0% (900 of 1,017); the file claims 91.73\u00a0% as its best so far',
    ]);
    expect(accuracyWarnings(best, of(900))).toEqual([]);
    expect(accuracyWarnings(best, of(960))[0]).toMatch(/as its best so far\. The two differ by more than chance\.$/);
  });

  it('is doubted where a checkpoint is far below it', () => {
    const [warning, advice] = accuracyWarnings(best, of(500));
    expect(warning).toMatch(/best so far\. An earlier checkpoint may have got that; else something is wrong\.$/);
    expect(advice).toMatch(/^Check the network/);
  });
});

describe('what was not measured', () => {
  it('is a claim, and nothing is said to differ', () => {
    const [accuracy] = importedAccuracies(run, []);
    expect(accuracy).toEqual({ epoch: 3, measured: null, claimed: claims(93.07), differs: null });
    expect(measuredAndClaimedText(accuracy!)).toBe('the file claims 93.07\u00a0%; not measured here');
    expect(accuracyWarnings(run, importedAccuracies(run, []))).toEqual([]);
  });

  it('is what an older version wrote into the metrics, too', () => {
    const older = manifestOf([{ epoch: 3 }, { epoch: 4 }]);
    const written = [line(3, 93.07)];
    expect(measuredMetrics(older, written)).toEqual([]);
    expect(importedAccuracies(older, written)).toEqual([
      { epoch: 3, measured: null, claimed: { testAccuracy: 93.07, testLoss: 1, trainLoss: null }, differs: null },
      { epoch: 4, measured: null, claimed: claims(null), differs: null },
    ]);
    const since = new Map([[3, { right: 8, count: 1017 }]]);
    expect(importedAccuracies(older, written, since)[0]).toMatchObject({ differs: true, measured: { right: 8 } });
  });

  it('a run that was trained here has measured all of itself', () => {
    expect(measuredMetrics(manifestOf(), measured)).toBe(measured);
    expect(importedAccuracies(manifestOf(), measured)).toEqual([]);
  });
});

describe('by more than chance', () => {
  it.each([
    [932, 1017, 91.73, false],
    [910, 1017, 91.73, false],
    [900, 1017, 91.73, true],
    [960, 1017, 91.73, true],
    // Of few images one that is wrong says little.
    [19, 20, 99.9, false],
    [2, 20, 99.9, true],
    [10_000, 10_000, 100, false],
    [0, 1017, 0, false],
  ])('%d of %d and %d %%: %s', (right, count, claimed, differs) => {
    expect(differsFromClaim({ right, count }, claimed)).toBe(differs);
  });
});

describe('a trained checkpoint that guesses', () => {
  const of = (right: number, ...manifest: Parameters<typeof manifestOf>) => {
    const guessing = manifestOf(...manifest);
    return accuracyWarnings(guessing, importedAccuracies(guessing, [line(0, (100 * right) / 1017, 1017)]));
  };

  it('is warned of without a claim', () => {
    const file = { claimed: claims(null), epochFrom: 'nothing', file: '/theirs/resnet18.pt' } as const;
    const [warning, advice] = of(97, [file], { architecture: 'resnet18_cifar' });
    expect(warning).toMatch(/^The checkpoint \(resnet18\.pt\) gets 9\.54.% \(97 of 1,017\).*no more than by guessing/);
    expect(advice).toMatch(
      /names and shapes of resnet18_cifar are also those of resnet18_cifar_maxpool, with a max pool/,
    );
    expect(advice).not.toMatch(/claim/);
  });

  it('is not where it is right more often, untrained, or looks at images that the program draws', () => {
    expect(of(200, [{ claimed: claims(null) }])).toEqual([]);
    expect(of(97, [{ claimed: claims(null), weights: 'untrained' }])).toEqual([]);
    expect(of(97, [{ claimed: claims(null) }], {}, 'synthetic')).toEqual([]);
  });
});

it('what names and shapes do not tell is said of resnet18_cifar, unless a claim was met', () => {
  const model = { architecture: 'resnet18_cifar' };
  const unclaimed = manifestOf([{ epoch: 4, claimed: claims(null) }], model);
  expect(importNotes(unclaimed, importedAccuracies(unclaimed, measured))).toEqual([
    expect.stringMatching(/max pool behind its first convolution/) as string,
  ]);
  const met = manifestOf([{ epoch: 4, claimed: claims(91.7) }], model);
  expect(importNotes(met, importedAccuracies(met, measured))).toEqual([]);
  expect(importNotes(run, importedAccuracies(run, measured))).toEqual([]);
});
