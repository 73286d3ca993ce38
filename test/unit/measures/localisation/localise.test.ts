import { describe, expect, it } from 'vitest';
import { blobMap, randomMap } from '../../../../src/measures/faithfulness/controlMaps';
import { drawSet } from '../../../../src/datasets/synthetic';
import { localise } from '../../../../src/measures/localisation/localise';
import { drawMosaic, mosaicClasses, planMosaic } from '../../../../src/measures/localisation/mosaics';
import { createSummary, valuesOfImages } from '../../../../src/measures/localisation/summary';
import { focusTexts, maskedTexts } from '../../../../src/measures/localisation/text';

const map = (...values: number[]) => ({ height: 2, width: 2, values });
const mask = (...values: number[]) => ({ height: 2, width: 2, values: Uint8Array.from(values) });

describe('the measures of a map by a mask', () => {
  it('are shares of positive relevance, of all relevance, of the largest, and of as many as the object has', () => {
    // Positive 6 of 7, absolute 6 + 2 of 9; the largest is inside, and of the three largest two are.
    const { energy, pointing, mass, rank } = localise(map(6, 1, -2, 0), mask(1, 0, 1, 1));
    expect(energy).toBeCloseTo(6 / 7, 6);
    expect(mass).toBeCloseTo(8 / 9, 6);
    expect(pointing).toBe(1);
    expect(rank).toBeCloseTo(2 / 3, 6);
    expect(localise(map(1, 6, 0, 0), mask(1, 0, 0, 0))).toMatchObject({ pointing: 0, rank: 0 });
  });

  it('count equal values by their share, in any order', () => {
    expect(localise(map(5, 5, 0, 0), mask(1, 0, 0, 0))).toMatchObject({ pointing: 0.5, rank: 0.5 });
    // One above, and of three equal ones one of two places: a third of each lies inside.
    expect(localise(map(5, 0, 0, 0), mask(1, 1, 0, 0)).rank).toBeCloseTo((1 + 1 / 3) / 2, 6);
  });

  it('are of the map as it is seen, enlarged to the mask', () => {
    const left = { height: 2, width: 4, values: Uint8Array.from([1, 1, 0, 0, 1, 1, 0, 0]) };
    // [4, 0] becomes 4, 3, 1, 0.
    expect(localise({ height: 1, width: 2, values: [4, 0] }, left).energy).toBeCloseTo(7 / 8, 6);
  });

  it('are unknown of a flat map, and of a map without positive values what these need', () => {
    expect(localise(map(3, 3, 3, 3), mask(1, 0, 0, 0))).toEqual({
      energy: null,
      pointing: null,
      mass: null,
      rank: null,
    });
    expect(localise(map(-3, -1, -1, -1), mask(1, 0, 0, 0))).toEqual({ energy: null, pointing: 0, mass: 0.5, rank: 0 });
  });
});

describe('controls', () => {
  const { masks, height, width } = drawSet('test', 60, 1);
  const area = height * width;
  const objects = Array.from({ length: 60 }, (_, image) => ({
    height,
    width,
    values: masks!.slice(image * area, (image + 1) * area),
  }));
  const size = { height: 8, width: 8 };
  const random = (seed: number) =>
    valuesOfImages(objects.map((each, image) => localise(randomMap(size, [seed, image]), each)));
  const blob = valuesOfImages(objects.map((each) => localise(blobMap(size), each)));

  it('are beaten by the mask itself in every measure, and not by another random map', () => {
    const summary = createSummary(0);
    const known = valuesOfImages(objects.map((each) => localise(each, each)));
    const byMask = summary.masked(known, { random: random(1), blob });
    const byChance = summary.masked(random(2), { random: random(1), blob });
    for (const key of ['energy', 'pointing', 'mass', 'rank'] as const) {
      expect(byMask[key].estimate?.mean).toBeCloseTo(1, 6);
      for (const { difference } of byMask[key].controls) expect(difference?.interval?.low).toBeGreaterThan(0.2);
      for (const { difference } of byChance[key].controls) expect(difference?.interval?.low).toBeLessThan(0);
    }
    const method = (masked: typeof byMask) => ({
      name: 'The mask',
      layer: 'input',
      points: [{ epoch: 3, masked, focus: null }],
    });
    expect(maskedTexts(method(byMask))).toEqual([
      'At epoch 3 the energy inside of The mask is 1.000 (60 images: no interval: all values are the same).',
      expect.stringMatching(/^The mask beats a random map at epoch 3 \(difference at epoch 3 0\.\d{3}, 95 % /),
      expect.stringMatching(/^The mask beats a centred blob /),
    ]);
    expect(maskedTexts(method(byChance))[1]).toMatch(/^The mask does not beat a random map at epoch 3 \(difference/);
  });

  it('that look at half of a mosaic at random have a Focus of one half, and nothing is claimed', () => {
    const classes = mosaicClasses(Uint8Array.from({ length: 40 }, (_, at) => at % 4));
    const values = Array.from({ length: 200 }, (_, index) => {
      const { isTarget } = planMosaic(classes, 5, index);
      const tiles = isTarget.map(() => ({ height: 4, width: 4, pixels: new Uint8Array(48) }));
      const { mask: right } = drawMosaic(tiles, isTarget, 8);
      return localise(randomMap(size, [index]), { height: 8, width: 8, values: right }).energy;
    });
    const focus = createSummary(0).focus(values);
    expect(focus.estimate?.mean).toBeCloseTo(0.5, 1);
    expect(focusTexts({ name: 'Chance', layer: 'layer3', points: [{ epoch: 1, masked: null, focus }] })[1]).toMatch(
      /^Chance does not beat chance at epoch 1/,
    );
  });
});

describe('a mosaic', () => {
  const labels = [0, 1, 2, 2, 1, 0, 1, 3];
  const classes = mosaicClasses(labels);

  it('is of two images of each of two classes, drawn by seed and number alone', () => {
    expect([...classes.keys()]).toEqual([0, 1, 2]);
    const plans = Array.from({ length: 100 }, (_, index) => planMosaic(classes, 7, index));
    for (const { target, images, isTarget } of plans) {
      const ofClass = images.filter((_, tile) => isTarget[tile]);
      const others = images.filter((_, tile) => !isTarget[tile]);
      expect(new Set(images).size).toBe(4);
      expect(ofClass.map((place) => labels[place])).toEqual([target, target]);
      expect(new Set(others.map((place) => labels[place])).size).toBe(1);
      expect(labels[others[0]!]).not.toBe(target);
    }
    expect(new Set(plans.map(({ target }) => target))).toEqual(new Set([0, 1, 2]));
    expect(new Set(plans.map(({ isTarget }) => isTarget.join())).size).toBe(6);
    expect(planMosaic(classes, 7, 42)).toEqual(plans[42]);
    expect(planMosaic(classes, 8, 42)).not.toEqual(plans[42]);
  });

  it('has each image in its tile, the first the smaller of an odd side, and the mask on the class’s', () => {
    const tile = (value: number) => ({ height: 3, width: 3, pixels: new Uint8Array(27).fill(value) });
    const mosaic = drawMosaic([tile(10), tile(20), tile(30), tile(40)], [true, false, false, true], 3);
    const red = Array.from({ length: 9 }, (_, at) => mosaic.pixels[at * 3]);
    expect(red).toEqual([10, 20, 20, 30, 40, 40, 30, 40, 40]);
    expect([...mosaic.mask]).toEqual([1, 0, 0, 0, 1, 1, 0, 1, 1]);
  });
});
