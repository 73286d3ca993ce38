import { describe, expect, it } from 'vitest';
import {
  AGREEMENT_RULE,
  agreementTexts,
  compareMethods,
  everyPair,
  methodTitle,
  summariseAgreement,
} from '../../../../src/measures/agreement';
import type { AgreementNumbers } from '../../../../src/measures/agreement/numbers';

function map(side: number, valueOf: (row: number, column: number) => number) {
  const values = Float32Array.from({ length: side * side }, (_, i) => valueOf(Math.floor(i / side), i % side));
  return { height: side, width: side, values };
}

describe('two maps', () => {
  it('are compared on the coarser grid, whichever comes first', () => {
    const coarse = map(4, (row, column) => row + 4 * column);
    const fine = map(16, (row, column) => row + 4 * column + 0.3 * ((row + column) % 2));
    // The checkerboard is gone once each cell is averaged; on the finer grid it would not be.
    expect(compareMethods(coarse, fine)).toEqual({ spearman: 1, topOverlap: 1 });
    expect(compareMethods(fine, coarse)).toEqual({ spearman: 1, topOverlap: 1 });
  });

  it('keep their signs', () => {
    const a = map(4, (row, column) => row + 4 * column - 8);
    const b = map(4, (row, column) => 8 - row - 4 * column);
    expect(compareMethods(a, b)).toEqual({ spearman: -1, topOverlap: 0 });
  });

  it('cannot be compared where one is flat, nor have their tops where one has no cell above zero', () => {
    const some = map(4, (row) => row);
    expect(
      compareMethods(
        some,
        map(4, () => 3),
      ),
    ).toEqual({ spearman: null, topOverlap: null });
    expect(
      compareMethods(
        some,
        map(8, (row) => row - 10),
      ),
    ).toEqual({ spearman: 1, topOverlap: null });
  });
});

it('a mean is of the images that can be compared', () => {
  const spearman = [0.5, null, 0.7];
  const { spearman: mean, topOverlap } = summariseAgreement({ spearman, topOverlap: [null, null, null] });
  expect(mean?.mean).toBeCloseTo(0.6, 12);
  expect([mean?.n, mean?.interval, topOverlap]).toEqual([2, null, null]);
});

describe('in words', () => {
  const layer = { name: 'layer3.2', height: 8, width: 8 };
  const methods: AgreementNumbers['methods'] = [
    { id: 'gradcam', name: 'Grad-CAM', parameters: {}, layer },
    { id: 'hirescam', name: 'HiResCAM', parameters: {}, layer },
    { id: 'smoothgrad', name: 'SmoothGrad', parameters: { seed: 1, noise: 0.15 }, layer },
  ];
  const of = (mean: number) => ({
    spearman: { mean, n: 30, interval: { low: mean - 0.1, high: mean + 0.1 }, intervalFrom: 25 },
    topOverlap: null,
  });
  const numbers: AgreementNumbers = {
    methods,
    pairs: everyPair(3).map((pair, at) => ({ ...pair, height: 8, width: 8, isSame: at === 0 })),
    epochs: [
      { epoch: 0, pairs: [of(1), of(-0.2), of(0)] },
      { epoch: 9, pairs: [of(1), of(0.4), of(0.6)] },
    ],
  };

  it('the last epoch, the way there, and what is the same by construction', () => {
    expect(agreementTexts(numbers)).toEqual([
      'Grad-CAM and HiResCAM give the same map at this layer by construction.',
      'At epoch 9 HiResCAM and SmoothGrad agree most (rank correlation 0.600, 95\u00a0% 0.500…0.700, 30 images), and Grad-CAM and SmoothGrad least (0.400, 95\u00a0% 0.300…0.500, 30 images).',
      'The mean over 2 pairs goes from −0.100 at epoch 0 to 0.500 at epoch 9.',
    ]);
    expect(AGREEMENT_RULE).toContain('coarser');
  });

  it('of a single pair, and of maps that cannot be compared', () => {
    const one = { methods, pairs: [numbers.pairs[1]!], epochs: [{ epoch: 3, pairs: [of(0.4)] }] };
    expect(agreementTexts(one)).toEqual([
      'At epoch 3 the rank correlation of Grad-CAM and SmoothGrad is 0.400, 95\u00a0% 0.300…0.500, 30 images.',
    ]);
    const flat = { ...one, epochs: [{ epoch: 3, pairs: [{ spearman: null, topOverlap: null }] }] };
    expect(agreementTexts(flat)).toEqual(['No two maps can be compared: they are flat, or the same by construction.']);
  });

  it('one method with other parameters names what differs', () => {
    const twice = [methods[2]!, { ...methods[2]!, parameters: { seed: 2, noise: 0.15 } }];
    expect([0, 1].map((place) => methodTitle(twice, place))).toEqual(['SmoothGrad (seed 1)', 'SmoothGrad (seed 2)']);
  });
});
