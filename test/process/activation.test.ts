/** What VS Code loads when it activates the extension. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SCRIPT = join(import.meta.dirname, '..', '..', 'dist', 'extension.js');

test.skipIf(!existsSync(SCRIPT))('there is no TensorFlow.js in the extension host', () => {
  expect(readFileSync(SCRIPT, 'utf8')).not.toMatch(/node_modules\/@tensorflow\/|tfjs-core/);
});
