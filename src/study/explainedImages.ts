import { createRandom } from '../common/random';
import type { Study } from './schema';

/** An image of the study's data set. */
export interface SetImage {
  readonly set: 'test' | 'train';
  readonly index: number;
}

/** The images that a study names. So many at random are drawn by the training's seed. @param testCount of the data set */
export function explainedImages(
  { explain: { images }, training }: Pick<Study, 'explain' | 'training'>,
  testCount: number,
): SetImage[] {
  if ('random' in images) {
    const order = createRandom('explained images', training.seed).permutation(testCount);
    return [...order.slice(0, images.random)].map((index) => ({ set: 'test', index }));
  }
  const of = (set: SetImage['set']): SetImage[] => images[set].map((index) => ({ set, index }));
  return [...of('test'), ...of('train')];
}
