/**
 * The sources the native addon is compiled from: tfjs-node's C++ and Node's API headers, both from npm packages,
 * and our own `quiet.cc`. Plain JavaScript, because the build uses it too.
 */
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Copies the sources to where a packaged program looks for them: FOLDER/binding, FOLDER/node-api and
 * FOLDER/quiet.cc.
 *
 * @param {string} folder
 */
export async function copyAddonSources(folder) {
  const require = createRequire(import.meta.url);
  const packageFolder = (name) => dirname(require.resolve(`${name}/package.json`));
  await copyFolder(join(packageFolder('@tensorflow/tfjs-node-gpu'), 'binding'), join(folder, 'binding'));
  await copyFolder(join(packageFolder('node-api-headers'), 'include'), join(folder, 'node-api'));
  await copyFile(fileURLToPath(new URL('quiet.cc', import.meta.url)), join(folder, 'quiet.cc'));
}

async function copyFolder(from, to) {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) await copyFile(join(from, name), join(to, name));
}
