/** Names for what is made of images. */
import { basename } from 'node:path';
import { foldedName } from '../common/fileIdentity';

/**
 * A file name for what is made of each image, "test-3" or "cat"; a second "cat" of another folder becomes "cat-2". Told
 * apart without regard to case and Unicode normalization, as some file systems do.
 */
export function fileStems(imageNames: readonly string[]): Map<string, string> {
  const stems = new Map<string, string>();
  const used = new Set<string>();
  for (const name of new Set(imageNames)) {
    const plain = basename(name.replace(':', '-')).replace(/\.[^.]*$/, '');
    let stem = plain;
    for (let count = 2; used.has(foldedName(stem)); count++) stem = `${plain}-${count}`;
    used.add(foldedName(stem));
    stems.set(name, stem);
  }
  return stems;
}
