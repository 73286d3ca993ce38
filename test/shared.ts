/** Where the reference numbers, real images and the real model lie that tests use but the project does not own. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/**
 * The folder, or undefined where it is absent: such tests are then skipped, and say so.
 *
 * @param root of the checkout: a bundled test lies elsewhere than its source
 */
export function sharedFolder(root = checkout): string | undefined {
  const candidates = [process.env['EPOCHLENS_SHARED'], join(root, '..', 'shared')];
  return candidates.find(
    (path): path is string => path !== undefined && existsSync(join(path, 'reference', 'reference.json')),
  );
}
