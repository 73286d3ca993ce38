/** Files of programs that run beside this one. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Beside the bundle that this runs in, or in the checkout's `dist` when it runs from sources. */
export function findProgram(name: string): string | undefined {
  const here = dirname(fileURLToPath(import.meta.url));
  const folders = [process.env['EPOCHLENS_DIST'], here, join(here, '../../dist')];
  return folders
    .filter((folder) => folder !== undefined)
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
