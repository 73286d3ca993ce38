/** What the training images are labelled with. */
import { classIndicesLike } from '../common/classIndices';
import { createRandom } from '../common/random';
import { relabelled, type ImageSource } from '../datasets';
import type { TrainingSettings } from '../study';

/**
 * The set as it is trained on: its own, or the same images with their labels permuted once, as many of each class, by
 * the seed alone (Zhang et al. 2017; as a check of heatmaps, Adebayo et al. 2018). A resumed training has the same ones.
 */
export function labelledSet(
  set: ImageSource,
  { labels, seed }: Pick<TrainingSettings, 'labels' | 'seed'>,
): ImageSource {
  if (labels !== 'permuted') return set;
  const order = createRandom('permuted labels', seed).permutation(set.count);
  const permuted = classIndicesLike(set.labels, set.count);
  order.forEach((other, at) => (permuted[at] = set.labels[other] as number));
  return relabelled(set, permuted);
}
