/** The order of the list of images. */
import type { AttentionImage } from '../../src/protocol/engine';
import { meanOver } from './measures';
import type { Choice, SortKey } from './savedState';

/** The value that an image is sorted by; null where it has none. */
export function sortValue(image: AttentionImage, key: SortKey): number | null {
  const last = image.points.at(-1);
  switch (key) {
    case 'image':
      return null;
    case 'settled':
      // An image that never settles counts as settling at the last epoch.
      return image.points.length === 0 ? null : (image.settled ?? last?.epoch ?? null);
    case 'alike':
      return image.points[0]?.fromLast.spearman ?? null;
    case 'moves':
      return meanOver(image, ({ fromPrevious }) => fromPrevious?.spearman);
    case 'entropy':
      return last?.entropy ?? null;
    case 'inMask':
      return last?.inMask ?? null;
  }
}

/** Indices of the images in order; those without a value come last in either direction. */
export function sortedImages(images: readonly AttentionImage[], { key, descending }: Choice['sort']): number[] {
  const order = images.map((_, position) => position);
  if (key === 'image') return descending ? order.reverse() : order;
  const values = images.map((image) => sortValue(image, key));
  return order.sort((a, b) => {
    const [first, second] = [values[a] ?? null, values[b] ?? null];
    if (first === null || second === null) return Number(first === null) - Number(second === null) || a - b;
    return (descending ? second - first : first - second) || a - b;
  });
}
