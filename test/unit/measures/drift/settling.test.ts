import { describe, expect, it } from 'vitest';
import { epochRanges, epochsBetween } from '../../../../src/common/epochRanges';
import { meanSettling, restsText, settledAt, settlingText } from '../../../../src/measures/drift';

describe('the focus of an image', () => {
  const track = (...values: (number | null)[]) => values.map((spearman, epoch) => ({ epoch, spearman }));
  it.each([
    [track(0.1, 0.9, 0.8, 1), 1],
    [track(0.9, 0.79, 0.95, 1), 2],
    [track(1, 1, 1), 0],
    // Not known is not alike.
    [track(0.9, null, 0.9, 1), 2],
    // Only the last is like the last.
    [track(0.9, 0.2, 1), null],
    [track(0.9, 0.9, null), null],
    [track(1), null],
  ])('of %j settles at %s', (points, epoch) => {
    expect(settledAt(points)).toBe(epoch);
  });
});

describe('the focus of many images', () => {
  /** [mean, images compared] of 16. */
  const means = (...values: (readonly [number | null, number])[]) =>
    values.map(([spearman, compared], epoch) => ({ epoch, spearman, compared, of: 16 }));

  it('settles where the mean stays alike', () => {
    expect(meanSettling(means([0.5, 16], [0.9, 16], [0.8, 8], [1, 16]))).toEqual({
      kind: 'settled',
      epoch: 1,
      checkpoints: 3,
      spearman: 0.9,
      images: 16,
      undecided: null,
    });
    expect(meanSettling(means([0.9, 16], [0.79, 16], [1, 16]))).toEqual({
      kind: 'moving',
      spearman: 0.79,
      images: 16,
    });
    expect(meanSettling(means([1, 16]))).toEqual({ kind: 'single' });
  });

  it('is not known by one image of sixteen', () => {
    // All but one image’s maps are flat at the last checkpoint, and so beside it at all.
    expect(meanSettling(means([0.9, 1], [0.95, 1], [1, 1]))).toEqual({
      kind: 'undecided',
      at: { epoch: 1, compared: 1, of: 16 },
    });
    expect(meanSettling(means([null, 0], [null, 0]))).toEqual({
      kind: 'undecided',
      at: { epoch: 0, compared: 0, of: 16 },
    });
    // Of an epoch with too few nothing is known: settling is told after it.
    expect(meanSettling(means([0.9, 16], [0.9, 3], [0.9, 16], [1, 16]))).toEqual({
      kind: 'settled',
      epoch: 2,
      checkpoints: 2,
      spearman: 0.9,
      images: 16,
      undecided: { epoch: 1, compared: 3, of: 16 },
    });
  });
});

describe('what is said', () => {
  const all = (...epochs: number[]) => ({ lookedAt: epochs, kept: epochs });
  const settled = (epoch: number, undecided: { epoch: number; compared: number; of: number } | null = null) =>
    ({ kind: 'settled', epoch, checkpoints: 0, spearman: 0.853, images: 12, undecided }) as const;

  it('holds for the checkpoints that were looked at, and names those that were not', () => {
    expect(settlingText(settled(1), all(0, 1, 2, 3))).toBe(
      'Focus settles at epoch 1: at all 3 checkpoints looked at from there on the mean rank correlation with the heatmaps of epoch 3 is at least 0.8 (0.853 over 12 images at epoch 1).',
    );
    expect(settlingText(settled(5), { lookedAt: [0, 1, 5, 10, 20], kept: [0, 1, 2, 3, 5, 8, 10, 15, 20] })).toContain(
      'at all 3 checkpoints looked at from there on (of 5 kept; epochs 2–4, 6–9 and 11–19 were not looked at)',
    );
    expect(settlingText(settled(3), all(2, 3, 5))).toContain(
      'at both checkpoints looked at from there on (epoch 4 was not looked at)',
    );
  });

  it('tells why there is no such epoch', () => {
    expect(settlingText({ kind: 'moving', spearman: 0.5, images: 1 }, all(0, 2, 5))).toBe(
      'Focus does not settle before epoch 5: at epoch 2, the checkpoint looked at before it (epochs 3 and 4 were not looked at), the mean rank correlation with the heatmaps of epoch 5 is below 0.8 (0.500 over 1 image).',
    );
    expect(settlingText({ kind: 'undecided', at: { epoch: 4, compared: 1, of: 16 } }, all(0, 4, 5))).toBe(
      'When focus settles cannot be said: at epoch 4 only 1 of 16 images has a heatmap that can be compared with epoch 5’s, as the others’ are flat.',
    );
    expect(settlingText(settled(2, { epoch: 1, compared: 3, of: 16 }), all(0, 1, 2, 3))).toContain(
      'Whether it does so earlier cannot be said: at epoch 1 only 3 of 16 images have heatmaps',
    );
    expect(settlingText({ kind: 'single' }, all(3))).toBe('Focus cannot be followed over a single checkpoint.');
  });

  it('counts what a mean rests on', () => {
    expect(restsText({ compared: 16, of: 16 })).toBeUndefined();
    expect(restsText({ compared: 12, of: 16 })).toBe('rests on 12 of 16 images');
    expect(restsText({ compared: 1, of: 16 })).toBe('rests on 1 of 16 images, too few to say anything by');
  });
});

it('epochs stand together as ranges', () => {
  expect(epochRanges([9, 1, 2, 0, 5, 6])).toBe('0–2, 5, 6 and 9');
  expect(epochRanges([4])).toBe('4');
  expect(epochsBetween([1, 2, 5, 7])).toEqual([3, 4, 6]);
  expect(epochsBetween([])).toEqual([]);
});
