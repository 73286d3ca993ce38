/** Where real images, the real model and reported files lie that tests use but the project does not own. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** The folder, or undefined where it is absent: such tests are then skipped, and say so. */
export function sharedFolder(): string | undefined {
  const candidates = [process.env['EPOCHLENS_SHARED'], join(checkout, '..', 'shared')];
  return candidates.find((path): path is string => path !== undefined && existsSync(join(path, 'data', 'cifar10')));
}
