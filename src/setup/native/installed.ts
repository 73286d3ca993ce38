/** Finding the native engines that are installed for this machine. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { nativeFolderSuffix, nativeRoot, TFJS_VERSION } from './location';
import { readManifest, type NativeEngine } from './manifest';

/**
 * Every native engine of this release, platform and processor, best first: one that can use a graphics card before
 * one that cannot, then the newer TensorFlow.
 */
export async function installedEngines(root: string = nativeRoot()): Promise<NativeEngine[]> {
  const names = await readdir(root).catch(() => []);
  const fitting = names.filter((name) => name.startsWith(`${TFJS_VERSION}-`) && name.endsWith(nativeFolderSuffix()));
  const engines: NativeEngine[] = [];
  for (const name of fitting) {
    const folder = join(root, name);
    const manifest = await readManifest(folder);
    if (manifest !== undefined) engines.push({ folder, manifest });
  }
  return engines.sort((a, b) => preference(a, b));
}

function preference(a: NativeEngine, b: NativeEngine): number {
  if (a.manifest.variant !== b.manifest.variant) return a.manifest.variant === 'gpu' ? -1 : 1;
  return b.manifest.libtensorflowVersion.localeCompare(a.manifest.libtensorflowVersion, 'en', { numeric: true });
}
