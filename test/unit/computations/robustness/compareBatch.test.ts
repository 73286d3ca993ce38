import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/common/random';
import { compareBatch, similarityOf } from '../../../../src/computations/robustness/compareBatch';
import { perturbBatch } from '../../../../src/computations/robustness/perturbed';
import { drawSet } from '../../../../src/datasets/synthetic';
import { compareMaps } from '../../../../src/measures/similarity/heatmaps';
import { normalised } from '../../../../src/models/normalise';
import { inverseOf, perturbationSchema } from '../../../../src/perturbations';

const layer = { height: 8, width: 8 };
const picture = { height: 32, width: 32 };
const AREA = 64;

describe('a batch of pairs of heatmaps', () => {
  it.each(['gaussianNoise', 'rotation', 'translation'])('is compared as each pair is, to the bit: %s', (kind) => {
    const entry = perturbationSchema.parse({ kind });
    const random = createRandom('compare', kind);
    const maps = () => Float32Array.from({ length: 5 * AREA }, (_, i) => (i < AREA ? 1 : random.normal()));
    const [clean, perturbed] = [maps(), maps()];
    const { similarity } = compareBatch({ entry, round: 2, start: 7, picture, layer, clean, perturbed });
    for (let i = 0; i < 5; i++) {
      const [a, b] = [clean, perturbed].map((values) => ({ ...layer, values: values.slice(i * AREA, (i + 1) * AREA) }));
      const inverse = inverseOf(entry, { image: 7 + i, round: 2 }, picture);
      expect(similarityOf(similarity, i)).toEqual(compareMaps(a!, b!, inverse));
    }
    // A flat one can be compared with none.
    expect(similarityOf(similarity, 0).spearman).toBeNull();
    expect(similarityOf(similarity, 1).spearman).not.toBeNull();
  });
});

describe('perturbed images that need no resizing', () => {
  const set = drawSet('test', 4, 1);
  const entry = perturbationSchema.parse({ kind: 'gaussianNoise' });
  const input = { inputSize: 32, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

  it('are normalised where they are drawn, to the same bits', async () => {
    const batch = { set, start: 1, length: 3 };
    const plain = await perturbBatch(batch, entry, 0);
    expect(plain.isNormalised).toBe(false);
    const ready = await perturbBatch({ ...batch, input }, entry, 0);
    expect(ready).toEqual({ pixels: normalised(plain.pixels, input), isNormalised: true });
    expect(await perturbBatch({ ...batch, input: { ...input, inputSize: 64 } }, entry, 0)).toEqual(plain);
  });
});
