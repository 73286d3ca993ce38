import { describe, expect, it } from 'vitest';
import { blobMap, edgeMap, randomMap } from '../../../../src/measures/faithfulness/controlMaps';
import { blackenCells, drawSubsets, muFidelity, SUBSETS } from '../../../../src/measures/faithfulness/muFidelity';
import { NOISE_RADIUS, noisyImage, relativeChange } from '../../../../src/measures/faithfulness/sensitivity';
import { sparseness } from '../../../../src/measures/faithfulness/sparseness';

describe('sparseness', () => {
  it('is the Gini index of absolute values', () => {
    expect(sparseness(Float32Array.of(2, -2, 2, 2))).toBeCloseTo(0);
    expect(sparseness(Float32Array.of(0, 0, 0, -5))).toBeCloseTo(0.75);
    // By hand: 1 − 2·(1·3.5 + 2·2.5 + 3·1.5 + 4·0.5)/(10·4) = 0.25.
    expect(sparseness(Float32Array.of(4, 1, -3, 2))).toBeCloseTo(0.25);
    expect(sparseness(new Float32Array(4))).toBeNull();
  });
});

describe('sensitivity', () => {
  it('is a change relative to the norm', () => {
    expect(relativeChange(Float32Array.of(3, 4), Float32Array.of(3, 9))).toBeCloseTo(1);
    expect(relativeChange(new Float32Array(2), Float32Array.of(1, 1))).toBeNull();
  });

  it('is under even noise of up to 0.02 of the range', () => {
    const noisy = noisyImage(new Float32Array(3000).fill(100), [0, 'a', 1], 255);
    expect(Math.max(...noisy)).toBeLessThanOrEqual(100 + 255 * NOISE_RADIUS);
    expect(Math.min(...noisy)).toBeGreaterThanOrEqual(100 - 255 * NOISE_RADIUS);
    expect(Math.max(...noisy)).toBeGreaterThan(104.9);
    expect(noisyImage(new Float32Array(3), [0, 'a', 2], 255)).not.toEqual(noisy.slice(0, 3));
  });
});

describe('μ-fidelity', () => {
  const subsets = drawSubsets(16, [0, 'a']);

  it('is 1 of a map that foretells the drops, and −1 of its opposite', () => {
    const map = Float32Array.from({ length: 16 }, (_, cell) => Math.sin(cell));
    const drops = subsets.map((cells) => cells.reduce((sum, cell) => sum + Math.sin(cell), 0));
    expect(muFidelity(map, subsets, drops)).toBeCloseTo(1, 5);
    expect(
      muFidelity(
        map.map((value) => -value),
        subsets,
        drops,
      ),
    ).toBeCloseTo(-1, 5);
    expect(muFidelity(new Float32Array(16).fill(1), subsets, drops)).toBeNull();
  });

  it('draws a fifth of the cells, the same for the same key', () => {
    expect(subsets).toHaveLength(SUBSETS);
    for (const cells of subsets) expect(new Set(cells).size).toBe(3);
    expect(drawSubsets(16, [0, 'a'])).toEqual(subsets);
    expect(drawSubsets(16, [0, 'b'])).not.toEqual(subsets);
  });

  it('sets all pixels of a cell to black', () => {
    const image = new Float32Array(4 * 4 * 3).fill(7);
    blackenCells(image, { height: 4, width: 4 }, { height: 2, width: 2 }, Uint32Array.of(1));
    const black = Array.from({ length: 16 }, (_, pixel) => pixel).filter((pixel) => image[3 * pixel] === 0);
    expect(black).toEqual([2, 3, 6, 7]);
  });
});

describe('controls', () => {
  it('are a draw of the key, a blob about the centre, and the edges of the luminance', () => {
    const grid = { height: 4, width: 4 };
    expect(randomMap(grid, [0, 'a'])).toEqual(randomMap(grid, [0, 'a']));
    expect(randomMap(grid, [0, 'a'])).not.toEqual(randomMap(grid, [1, 'a']));
    const { values: blob } = blobMap(grid);
    expect(blob[5]).toBeCloseTo(blob[10] as number);
    expect(blob[5]).toBeGreaterThan(blob[1] as number);
    expect(blob[1]).toBeGreaterThan(blob[0] as number);
    // Dark to the left, light to the right of the middle.
    const image = Float32Array.from({ length: 8 * 8 * 3 }, (_, at) => (Math.floor(at / 3) % 8 < 4 ? 0 : 100));
    const { values } = edgeMap(image, { height: 8, width: 8 }, { height: 8, width: 8 });
    expect([...values.slice(0, 8)].map(Math.round)).toEqual([0, 0, 0, 400, 400, 0, 0, 0]);
  });
});
