import { describe, expect, it } from 'vitest';
import { createRandom, uniform } from '../../../src/common/random';
import { drawnPixels, readReference } from '../../referenceNumbers';

describe('uniform', () => {
  it("repeats the reference's pixels", () => {
    expect([...drawnPixels('pixels-32', 12)]).toEqual(readReference().pixels.first12_of_size32);
  });

  it('lies in [0, 1) and has the mean of a uniform distribution', () => {
    const values = uniform('anything', 100_000);
    expect(Math.min(...values.subarray(0, 50_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.subarray(0, 50_000))).toBeLessThan(1);
    expect(values.reduce((sum, value) => sum + value) / values.length).toBeCloseTo(0.5, 2);
  });
});

describe('createRandom', () => {
  it('gives each key a stream of its own, and always the same one', () => {
    const draw = (...key: [string, ...number[]]): number[] => {
      const random = createRandom(...key);
      return Array.from({ length: 5 }, () => random.uniform());
    };
    expect(draw('order', 1, 2)).toEqual(draw('order', 1, 2));
    expect(draw('order', 1, 2)).not.toEqual(draw('order', 1, 3));
    expect(draw('order', 1, 2)).not.toEqual(draw('order', 2, 1));
  });

  it('draws normal numbers with mean 0, variance 1 and a normal share beyond two', () => {
    const random = createRandom('normal');
    const values = Array.from({ length: 200_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value) / values.length;
    const variance = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
    expect(values.filter((value) => Math.abs(value) > 2).length / values.length).toBeCloseTo(0.0455, 2);
  });

  it('draws many normal numbers as it would have drawn them one by one', () => {
    const [one, many] = [createRandom('normals'), createRandom('normals')];
    const single = Array.from({ length: 12 }, () => one.normal());
    const drawn = [3, 1, 0, 4, 2].flatMap((count) => [...many.normals(count)]);
    expect([...drawn, many.normal(), many.normal()]).toEqual(single);
  });

  it('draws whole numbers without favour', () => {
    const random = createRandom('integer');
    const counts = new Uint32Array(7);
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]!++;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
    // With the plain remainder the lower half would come up twice as often as the upper half.
    const large = Array.from({ length: 20_000 }, () => random.integer(3 * 2 ** 30));
    expect(large.filter((value) => value < 1.5 * 2 ** 30).length / large.length).toBeCloseTo(0.5, 1);
    expect(random.integer(1)).toBe(0);
  });

  it('permutes: every number once, every order of three about as often', () => {
    const random = createRandom('permutation');
    expect([...random.permutation(1000)].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = random.permutation(3).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect([...random.permutation(0)]).toEqual([]);
  });

  it('keeps its values from version to version', () => {
    const random = createRandom('fixed', 1);
    expect([random.integer(1000), random.integer(1000), random.integer(1000)]).toEqual([676, 171, 145]);
  });
});
