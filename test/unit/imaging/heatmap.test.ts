import { describe, expect, it } from 'vitest';
import { displayMap, isFlat, sharedScale } from '../../../src/imaging/index';
import { readReference } from '../../referenceNumbers';

describe('displayMap', () => {
  it('stretches a map to 0 … 1, whatever its values', () => {
    const { values, flat } = displayMap({ height: 1, width: 3, values: [-2, 0, 2] }, 1, 3);
    expect([...values]).toEqual([0, 0.5, 1]);
    expect(flat).toBe(false);
  });

  it('brings the peak back to 1 after resizing', () => {
    const peak = [0, 0, 0, 0, 8, 0, 0, 0, 0];
    const { values } = displayMap({ height: 3, width: 3, values: peak }, 6, 6);
    expect(Math.max(...values)).toBe(1);
    const onScale = displayMap({ height: 3, width: 3, values: peak }, 6, 6, { minimum: 0, maximum: 8 });
    expect(Math.max(...onScale.values)).toBeCloseTo(0.75 ** 2, 6);
  });

  it('keeps proportions on a shared scale, and clamps beyond it', () => {
    const maps = [
      { height: 1, width: 2, values: [0, 4] },
      { height: 1, width: 2, values: [1, 2] },
    ];
    const scale = sharedScale(maps);
    expect(scale).toEqual({ minimum: 0, maximum: 4 });
    expect([...displayMap(maps[1]!, 1, 2, scale).values]).toEqual([0.25, 0.5]);
    expect([...displayMap(maps[0]!, 1, 2, { minimum: 1, maximum: 2 }).values]).toEqual([0, 1]);
  });

  it.each([
    ['zeros', [0, 0, 0, 0]],
    ['a constant', [3, 3, 3, 3]],
    ['a constant up to rounding', [3, 3.000001, 3, 3]],
  ])('labels %s flat and gives zeros', (_, values) => {
    for (const scale of [undefined, { minimum: 0, maximum: 3 }]) {
      const map = displayMap({ height: 2, width: 2, values }, 4, 4, scale);
      expect(map.flat).toBe(true);
      expect([...map.values]).toEqual(Array<number>(16).fill(0));
    }
  });

  it('sees small maps that are not flat', () => {
    expect(displayMap({ height: 1, width: 2, values: [1e-9, 2e-9] }, 1, 2).flat).toBe(false);
    expect(isFlat({ minimum: NaN, maximum: NaN })).toBe(true);
  });
});

describe('pytorch-grad-cam', () => {
  it('shows the same values of the same raw maps', () => {
    let checked = 0;
    for (const { inputSize, gradCam } of readReference().cases) {
      for (const { shape, raw, upsampledMean, upsampledSamples } of gradCam) {
        raw.forEach((values, image) => {
          const map = displayMap({ height: shape[1], width: shape[2], values }, inputSize, inputSize);
          const mean = map.values.reduce((sum, value) => sum + value, 0) / map.values.length;
          expect(mean).toBeCloseTo(upsampledMean[image]!, 4);
          for (const { y, x, values: shown } of upsampledSamples) {
            expect(map.values[y * inputSize + x]).toBeCloseTo(shown[image]!, 4);
            checked++;
          }
        });
      }
    }
    expect(checked).toBe(6 * 2 * 2 * 4);
  });
});
