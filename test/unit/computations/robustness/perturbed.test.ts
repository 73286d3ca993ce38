import { describe, expect, it } from 'vitest';
import type { ImageSet } from '../../../../src/datasets';
import { createPerturbedStore, perturbBatch } from '../../../../src/computations/robustness/perturbed';
import { perturb } from '../../../../src/perturbations';
import { perturbationSchema } from '../../../../src/perturbations';

const set: ImageSet = {
  count: 6,
  height: 4,
  width: 4,
  pixels: Uint8Array.from({ length: 6 * 48 }, (_, i) => (i * 37) % 256),
  labels: new Uint8Array(6),
};
const noise = perturbationSchema.parse({ kind: 'gaussianNoise' });
const rotation = perturbationSchema.parse({ kind: 'rotation' });
const [first, second] = [
  { set, start: 0, length: 3 },
  { set, start: 3, length: 3 },
];

describe('a batch of perturbed images', () => {
  it('is each image perturbed under its number in the set', async () => {
    const { pixels } = await perturbBatch(second, rotation, 2);
    for (const i of [0, 1, 2]) {
      const image = 3 + i;
      const picture = { height: 4, width: 4, pixels: set.pixels.subarray(image * 48, (image + 1) * 48) };
      const expected = perturb(picture, rotation, { image, round: 2 });
      expect(pixels.subarray(i * 48, (i + 1) * 48)).toEqual(expected);
    }
  });

  it('is kept for the next checkpoint, apart from other batches, entries and rounds', async () => {
    const store = createPerturbedStore();
    const kept = [first, second].flatMap((batch) =>
      [noise, rotation].flatMap((entry) => [0, 1].map((round) => ({ batch, entry, round }))),
    );
    const once = await Promise.all(kept.map(({ batch, entry, round }) => store(batch, entry, round)));
    const again = await Promise.all(kept.map(({ batch, entry, round }) => store(batch, entry, round)));
    again.forEach((batch, i) => expect(batch).toBe(once[i]));
    expect(once).toEqual(await Promise.all(kept.map(({ batch, entry, round }) => perturbBatch(batch, entry, round))));
  });

  it('is computed again where no room is left, and the same then', async () => {
    const bytesOfOne = 3 * 48 * 4;
    const store = createPerturbedStore(bytesOfOne);
    const [one, other] = [await store(first, noise, 0), await store(second, noise, 0)];
    expect(await store(first, noise, 0)).toBe(one);
    expect(await store(second, noise, 0)).not.toBe(other);
    expect(await store(second, noise, 0)).toEqual(other);
  });
});
