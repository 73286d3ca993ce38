/** Where things lie, seen from the compiled harness in `out/test/vscode/`. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout, which is also the extension's folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const SUITE = join(ROOT, 'out', 'test', 'vscode', 'suite.js');
export const SCREENSHOTS = join(ROOT, 'out', 'screenshots');
export const EXAMPLE = join(ROOT, 'media', 'examples', 'first-light');
