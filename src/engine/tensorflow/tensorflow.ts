import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST_NAME } from '../../setup/native/manifest';
import type { EngineDeclaration } from '../declaration';
import { findNativeEngine } from './native';

/** TensorFlow's C++ library through tfjs-node's addon, from the user's cache. */
export const tensorflow: EngineDeclaration = {
  launch: async () => (await import('./start')).startTensorflow(),
  async installation() {
    const { folder } = await findNativeEngine();
    return `${folder}${await readFile(join(folder, MANIFEST_NAME), 'utf8')}`;
  },
  reproducible: false,
};
