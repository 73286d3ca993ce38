/** How alike the heatmaps of a batch are, clean and perturbed: ranks and windows take a tenth of a forward pass. */
import { inverseOf, type Perturbation } from '../../perturbations';
import { ofEachSimilarity, SIMILARITY_MEASURES, type Similarity } from '../../measures/similarity';
import { compareMaps } from '../../measures/similarity/heatmaps';

interface Size {
  readonly height: number;
  readonly width: number;
}

export interface MapsToCompare {
  readonly entry: Perturbation;
  readonly round: number;
  /** The first image's index in the test set; the others follow it. */
  readonly start: number;
  /** Of an image. */
  readonly picture: Size;
  /** Of a map. */
  readonly layer: Size;
  /** Raw, [n, height · width]. */
  readonly clean: Float32Array;
  readonly perturbed: Float32Array;
}

/** @returns [n, measures], NaN where it cannot be said */
export function compareBatch(maps: MapsToCompare): { readonly similarity: Float64Array } {
  const { entry, round, start, picture, layer, clean, perturbed } = maps;
  const area = layer.height * layer.width;
  const count = clean.length / area;
  const similarity = new Float64Array(count * SIMILARITY_MEASURES.length);
  for (let i = 0; i < count; i++) {
    const [a, b] = [clean, perturbed].map((values) => ({
      ...layer,
      values: values.subarray(i * area, (i + 1) * area),
    }));
    const inverse = inverseOf(entry, { image: start + i, round }, picture);
    const found = compareMaps(a as NonNullable<typeof a>, b as NonNullable<typeof b>, inverse);
    SIMILARITY_MEASURES.forEach(({ key }, at) => {
      similarity[i * SIMILARITY_MEASURES.length + at] = found[key] ?? NaN;
    });
  }
  return { similarity };
}

/** That of one image of a batch. */
export function similarityOf(similarity: Float64Array, image: number): Similarity {
  return ofEachSimilarity((measure) => {
    const value = similarity[image * SIMILARITY_MEASURES.length + SIMILARITY_MEASURES.indexOf(measure)] as number;
    return Number.isNaN(value) ? null : value;
  });
}
