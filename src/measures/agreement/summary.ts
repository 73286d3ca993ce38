/** From each image's agreement to the mean. */
import { estimateKnown } from '../../statistics';
import type { ImageAgreement, PairAgreement } from './numbers';

export function summariseAgreement({ spearman, topOverlap }: ImageAgreement): PairAgreement {
  return { spearman: estimateKnown(spearman, 'correlation'), topOverlap: estimateKnown(topOverlap, 'share') };
}

/** Every two of so many, by their places. */
export function everyPair(count: number): { readonly a: number; readonly b: number }[] {
  const places = Array.from({ length: count }, (_, place) => place);
  return places.flatMap((a) => places.slice(a + 1).map((b) => ({ a, b })));
}
