import { markdown } from '../markdown';
import type { FolderCost } from './measure';

export function folderTable({ open, firstPage, imagesPerSecond, epoch, residentMegabytes }: FolderCost): string {
  const { images, decoded, inMemory } = epoch;
  return markdown([
    ['', 'measured'],
    ['open, by names alone (ms)', open.toFixed(0)],
    ['first page of the gallery, 60 pictures (ms)', firstPage.toFixed(0)],
    ['decoding in threads (images/s)', imagesPerSecond.toFixed(0)],
    [`an epoch of ${images} images from memory (ms)`, inMemory.toFixed(0)],
    ['the same, decoded as it goes (ms)', decoded.toFixed(0)],
    ['resident memory (MB)', residentMegabytes.toFixed(0)],
  ]);
}
