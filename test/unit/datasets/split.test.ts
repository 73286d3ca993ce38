import { describe, expect, it } from 'vitest';
import { inMemory, splitByClass, trainedCount, trainingSets } from '../../../src/datasets';
import { drawSet } from '../../../src/datasets/synthetic';

const LABELS = Uint8Array.from({ length: 103 }, (_, image) => (image < 60 ? 0 : image < 100 ? 3 : 7));

describe('a validation split', () => {
  it('keeps of each class its share, and every image once', () => {
    const { train, validation } = splitByClass(LABELS, 20, 1);
    expect(validation).toHaveLength(20);
    const ofClass = (label: number): number => [...validation].filter((image) => LABELS[image] === label).length;
    // 11.65, 7.77 and 0.58 of 20.
    expect([ofClass(0), ofClass(3), ofClass(7)]).toEqual([12, 8, 0]);
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual([...LABELS.keys()]);
    expect([...validation]).toEqual([...validation].sort((a, b) => a - b));
  });

  it('follows from the seed', () => {
    expect(splitByClass(LABELS, 20, 1)).toEqual(splitByClass(LABELS, 20, 1));
    expect(splitByClass(LABELS, 20, 2)).not.toEqual(splitByClass(LABELS, 20, 1));
    // A larger split holds the smaller one where classes are even.
    const even = Uint8Array.from({ length: 100 }, (_, image) => image % 10);
    const small = splitByClass(even, 10, 1).validation;
    const large = new Set(splitByClass(even, 30, 1).validation);
    expect(small.every((image) => large.has(image))).toBe(true);
  });

  it('takes images, labels and masks along', () => {
    const all = drawSet('train', 40, 1);
    const { train, validation } = trainingSets(all, { validation: { count: 10 } }, 3);
    const indices = splitByClass(all.labels, 10, 3).validation;
    expect(train.count).toBe(30);
    expect(validation?.count).toBe(10);
    const kept = inMemory(validation!);
    indices.forEach((image, place) => {
      expect(validation?.labels[place]).toBe(all.labels[image]);
      expect(kept.pixels.subarray(place * 3072, (place + 1) * 3072)).toEqual(
        all.pixels.subarray(image * 3072, (image + 1) * 3072),
      );
      expect(kept.masks?.subarray(place * 1024, (place + 1) * 1024)).toEqual(
        all.masks?.subarray(image * 1024, (image + 1) * 1024),
      );
    });
  });

  it('is the whole set where nothing is kept back, and refused where nothing is left', () => {
    const all = drawSet('train', 10, 1);
    expect(trainingSets(all, {}, 1)).toEqual({ train: all, validation: undefined });
    expect(trainingSets(all, {}, 1).train).toBe(all);
    for (const count of [10, 11]) {
      expect(() => trainingSets(all, { validation: { count } }, 1)).toThrow('leaves no image to train on');
      expect(() => trainedCount(10, { validation: { count } })).toThrow('dataset.validation.count');
    }
    expect(trainedCount(10, { validation: { count: 9 } })).toBe(1);
  });
});
