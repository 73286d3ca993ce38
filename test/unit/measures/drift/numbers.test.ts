import { describe, expect, it } from 'vitest';
import { movement } from '../../../../src/measures/drift/movement';
import type { Movement } from '../../../../src/measures/drift/movementMeasures';
import { centreOfMass, entropy, hasHeat, heatInMask, maskShare } from '../../../../src/measures/drift/shape';
import { imageMapsOf, pointOf } from '../../../../src/computations/drift/imageMaps';
import { imageSettled, meanMovement, settlingOf, summarise } from '../../../../src/measures/drift/summary';
import { noIntervalText } from '../../../../src/statistics';
import type { ImageToExplain } from '../../../../src/computations/heatmaps/explain';
import type { AttentionImagePoint } from '../../../../src/measures/drift/numbers';

const square = (...values: number[]) => ({ height: Math.sqrt(values.length), width: Math.sqrt(values.length), values });
const A = square(0, 1, 2, 3, 0, 5, 0, 0.5, 4);
const B = square(4, 1, 2, 0, 0, 1, 3, 0.5, 0);
const FLAT = square(2, 2, 2, 2, 2, 2, 2, 2, 2);

describe('the shape of a map', () => {
  it('has its centre of mass in shares of each side', () => {
    expect(centreOfMass(square(0, 0, 0, 1))).toEqual([0.75, 0.75]);
    expect(centreOfMass(square(1, 3, 0, 0))).toEqual([0.25, 0.625]);
    expect(centreOfMass({ height: 1, width: 4, values: [0, 0, 0, 2] })).toEqual([0.5, 0.875]);
    // scipy.ndimage.center_of_mass, half a cell added, by the side.
    const [row, column] = centreOfMass(A);
    expect(row).toBeCloseTo(0.532258064516129, 12);
    expect(column).toBeCloseTo(0.6720430107526881, 12);
  });

  it('has an entropy from one cell to evenly', () => {
    expect(entropy(square(0, 7, 0, 0))).toBe(0);
    expect(entropy(square(1, 1, 0, 0))).toBeCloseTo(0.5, 12);
    expect(entropy(square(3, 3, 3, 3))).toBeCloseTo(1, 12);
    // scipy.stats.entropy by ln 9.
    expect(entropy(A)).toBeCloseTo(0.7210003659550858, 12);
  });

  it('has so much of its heat in a mask', () => {
    const mask = { height: 2, width: 2, values: Uint8Array.of(1, 0, 1, 0) };
    expect(heatInMask(square(1, 2, 3, 4), mask)).toBeCloseTo(0.4, 6);
    expect(maskShare(mask)).toBe(0.5);
    // Bilinear at four times the size along a row of 1, 3: 1, 1.5, 2.5, 3.
    const row = { height: 1, width: 4, values: Uint8Array.of(0, 0, 1, 1) };
    expect(heatInMask({ height: 1, width: 2, values: [1, 3] }, row)).toBeCloseTo(5.5 / 8, 6);
  });
});

describe('the shape of a map with a sign', () => {
  const signed = square(-5, 1, -1, 3);

  it('is that of what speaks for the class', () => {
    const heat = square(0, 1, 0, 3);
    expect(centreOfMass(signed)).toEqual(centreOfMass(heat));
    expect(entropy(signed)).toBe(entropy(heat));
    const mask = { height: 2, width: 2, values: Uint8Array.of(1, 1, 0, 0) };
    expect(heatInMask(signed, mask)).toBeCloseTo(0.25, 6);
  });

  it('is nowhere without a positive value, though ranks are compared', () => {
    const against = square(-1, -2, -3, -4);
    expect([hasHeat(signed), hasHeat(against)]).toEqual([true, false]);
    const { spearman, centreShift } = movement(against, against);
    expect(spearman).toBeCloseTo(1, 12);
    expect(centreShift).toBeNull();
    expect(heatInMask(against, { height: 2, width: 2, values: Uint8Array.of(1, 0, 1, 0) })).toBeNull();
  });
});

describe('the movement between two maps', () => {
  it('is rank correlation, overlap and the shift of the centre', () => {
    const { spearman, topOverlap, centreShift } = movement(A, B);
    expect(spearman).toBeCloseTo(-0.38095595057940634, 12);
    // The highest two of nine: cells 5 and 8, cells 0 and 6.
    expect(topOverlap).toBe(0);
    const [a, b] = [centreOfMass(A), centreOfMass(B)];
    expect(centreShift).toBeCloseTo(Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2), 12);
    expect(movement(square(1, 0, 0, 0), square(0, 0, 0, 1)).centreShift).toBeCloseTo(Math.SQRT1_2, 12);
    expect(movement(A, A)).toEqual({ spearman: 1, topOverlap: 1, centreShift: 0 });
  });

  it('is unknown where one is flat', () => {
    const unknown = { spearman: null, topOverlap: null, centreShift: null };
    expect(movement(A, FLAT)).toEqual(unknown);
    expect(movement(FLAT, A)).toEqual(unknown);
    expect(movement(square(0, 0, 0, 0), square(0, 0, 0, 0))).toEqual(unknown);
  });
});

const still: Movement = { spearman: 1, topOverlap: 1, centreShift: 0 };
const unknown: Movement = { spearman: null, topOverlap: null, centreShift: null };

describe('what a checkpoint looks at', () => {
  const image: ImageToExplain = {
    name: 'test:0',
    height: 2,
    width: 2,
    pixels: new Uint8Array(12),
    label: 0,
    mask: Uint8Array.of(0, 1, 0, 0),
  };
  const seen = (predicted: number) => ({
    logits: Float32Array.of(1, predicted === 1 ? 2 : 0),
    classes: [0, 1],
    maps: [Float32Array.of(1, 0, 0, 0), Float32Array.of(0, 3, 1, 0)],
    height: 2,
    width: 2,
  });

  const [OF_FIRST, OF_SECOND] = [
    [1, 0, 0, 0],
    [0, 3, 1, 0],
  ];
  const values = (map: { readonly values: ArrayLike<number> }) => Array.from(map.values);

  it('is of its own prediction or of the label; without one, of what the last one predicts', () => {
    const last = imageMapsOf(seen(1), image, 'predicted');
    expect([last.predicted, values(last.map)]).toEqual([1, OF_SECOND]);
    const first = imageMapsOf(seen(0), image, 'predicted', last);
    expect([first.predicted, values(first.map)]).toEqual([0, OF_FIRST]);
    expect(values(imageMapsOf(seen(1), image, 'label').map)).toEqual(OF_FIRST);
    const unlabelled = { ...image, label: null };
    expect(values(imageMapsOf(seen(0), unlabelled, 'label', last).map)).toEqual(OF_SECOND);
    expect(values(imageMapsOf(seen(0), unlabelled, 'predicted', last).map)).toEqual(OF_FIRST);
  });

  it('has the maps of classes that are the same at all checkpoints beside it', () => {
    const last = imageMapsOf(seen(1), image, 'predicted');
    const first = imageMapsOf(seen(0), image, 'predicted', last);
    expect([first, last].map(({ fixed }) => values(fixed.lastPrediction))).toEqual([OF_SECOND, OF_SECOND]);
    expect([first, last].map(({ fixed }) => values(fixed.label!))).toEqual([OF_FIRST, OF_FIRST]);
    expect(imageMapsOf(seen(0), { ...image, label: null }, 'predicted', last).fixed.label).toBeNull();
    // The same weights, of which another bias predicts the other class: nothing has moved.
    const point = pointOf(0, image, first, { previous: undefined, last });
    expect(point.fromLast.centreShift).toBeGreaterThan(0);
    expect(point.fixed).toEqual({
      lastPrediction: { fromPrevious: null, fromLast: still },
      label: { fromPrevious: null, fromLast: still },
    });
  });

  it('has its numbers, and none where the map is flat', () => {
    const imageMaps = imageMapsOf(seen(1), image, 'predicted');
    expect(pointOf(3, image, imageMaps, { previous: undefined, last: imageMaps })).toEqual({
      epoch: 3,
      predicted: 1,
      fromPrevious: null,
      fromLast: still,
      fixed: {
        lastPrediction: { fromPrevious: null, fromLast: still },
        label: { fromPrevious: null, fromLast: still },
      },
      centre: [0.375, 0.625],
      entropy: expect.closeTo(-(0.75 * Math.log2(0.75) + 0.25 * Math.log2(0.25)) / 2, 12) as number,
      inMask: expect.closeTo(0.75, 6) as number,
    });
    const flat = { ...imageMaps, map: square(1, 1, 1, 1) };
    expect(pointOf(4, image, flat, { previous: imageMaps, last: imageMaps })).toMatchObject({
      fromPrevious: unknown,
      fromLast: unknown,
      centre: null,
      entropy: null,
      inMask: null,
    });
  });
});

describe('the means over images', () => {
  const point = (epoch: number, spearman: number | null, predicted = 0): AttentionImagePoint => {
    const moved = {
      fromPrevious: epoch === 0 ? null : { spearman, topOverlap: 0.5, centreShift: 0.25 },
      fromLast: { spearman, topOverlap: spearman, centreShift: spearman },
    };
    return {
      epoch,
      predicted,
      ...moved,
      fixed: { lastPrediction: { fromPrevious: moved.fromPrevious, fromLast: still }, label: null },
      centre: spearman === null ? null : [0.5, 0.5],
      entropy: spearman,
      inMask: null,
    };
  };
  const seen = { target: 'predicted', previous: [0, 0, 1], last: [0, 1, 1] } as const;

  it('are over those that have a value, and say how many these are', () => {
    const summary = summarise([point(1, 0.25), point(1, null), point(1, 0.75)], 1, seen);
    expect(summary.fromLast.spearman).toEqual({ mean: 0.5, n: 2, interval: null, intervalFrom: 25 });
    expect(summary.fromPrevious?.topOverlap?.mean).toBe(0.5);
    expect([summary.epoch, summary.inMask, summary.flat]).toEqual([1, null, 1]);
    expect([summary.fromLast.compared, summary.fromLast.of]).toEqual([2, 3]);
    expect(summarise([point(0, null)], 0, { target: 'predicted', previous: undefined, last: [0] })).toMatchObject({
      fromPrevious: null,
      entropy: null,
      flat: 1,
      fixed: { lastPrediction: { fromLast: { compared: 1, of: 1 } }, label: null },
    });
    expect(meanMovement([unknown])).toEqual({ ...unknown, compared: 0, of: 1 });
  });

  it('have no interval where fewer than five predictions change, but for one class they have', () => {
    const ofMany = (changes: number, target: 'predicted' | 'label') => {
      const points = Array.from({ length: 40 }, (_, i) => point(1, i / 40, Number(i < changes)));
      const before = points.map(() => 0);
      return summarise(points, 1, { target, previous: before, last: before });
    };
    const few = ofMany(4, 'predicted');
    for (const movement of [few.fromLast.spearman, few.fromLast.centreShift, few.fromPrevious?.spearman])
      expect(movement).toMatchObject({ n: 40, interval: null, withheld: 'fewChanges' });
    expect(noIntervalText(few.fromLast.spearman!)).toBe('no interval: fewer than 5 predictions differ');
    // Its own entropy does not hang on another checkpoint's prediction.
    expect(few.entropy?.interval).not.toBeNull();
    expect(ofMany(0, 'predicted').fromLast.spearman).toMatchObject({ interval: null, withheld: 'fewChanges' });
    for (const { fromLast } of [ofMany(5, 'predicted'), ofMany(0, 'label')])
      expect(fromLast.spearman?.interval).not.toBeNull();
    // A changed prediction counts where its heatmaps can be compared.
    const flat = Array.from({ length: 40 }, (_, i) => point(1, i < 3 ? null : i / 40, Number(i < 6)));
    const all = flat.map(() => 0);
    expect(summarise(flat, 1, { target: 'predicted', previous: all, last: all }).fromLast.spearman).toMatchObject({
      n: 37,
      interval: null,
    });
  });

  it('count the images that are predicted otherwise', () => {
    const points = [point(1, 1, 0), point(1, 1, 0), point(1, 1, 0)];
    expect(summarise(points, 1, seen).changed).toEqual({ fromPrevious: 1, fromLast: 2 });
    expect(summarise(points, 1, { ...seen, previous: undefined }).changed.fromPrevious).toBeNull();
  });

  it('say when an image settles, and when all do by the mean: of the target, and of one class', () => {
    const [first, second] = [
      [0.9, 0.9, 1],
      [0.1, 0.9, 1],
    ].map((values) => values.map((spearman, epoch) => point(epoch, spearman)));
    const fixed = { lastPrediction: 0, label: null };
    expect(imageSettled(first!)).toEqual({ settled: 0, settledFixed: fixed });
    expect(imageSettled(second!)).toEqual({ settled: 1, settledFixed: fixed });
    const last = [0, 0];
    const epochs = [0, 1, 2].map((epoch) =>
      summarise([first![epoch]!, second![epoch]!], epoch, { target: 'predicted', previous: last, last }),
    );
    expect(settlingOf(epochs)).toEqual({
      target: { kind: 'settled', epoch: 1, checkpoints: 2, spearman: 0.9, images: 2, undecided: null },
      lastPrediction: { kind: 'settled', epoch: 0, checkpoints: 3, spearman: 1, images: 2, undecided: null },
      label: null,
    });
  });
});
