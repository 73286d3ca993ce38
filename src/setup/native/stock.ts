/**
 * The native engine as tfjs-node's own install script gets it: libtensorflow 2.9.1 and a prebuilt addon, from one host.
 * The addresses, and the environment variables that change them, are those of its `scripts/` folder. The libraries are
 * held against their SHA-256, the addon, of which none is published, against what was first used on this machine.
 */
import { copyFile, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { extract } from 'tar';
import { WorkError } from '../../common/errors';
import { dataReason } from '../../common/reasons';
import { unpackZip } from './archive';
import { runCommand } from './commands';
import { checkReachable, downloadArchive } from './download';
import { NODE_API_VERSION, TFJS_VERSION } from './location';
import type { Manifest } from './manifest';
import { PINNED, rememberFirstUse, type Pins } from './pins';
import type { Watch } from './progress';

const VERSION = '2.9.1';
const HOST = 'https://storage.googleapis.com/';
/** The platforms with both archives. On others tfjs-node takes older libraries and compiles, as the wheel route does. */
const PLATFORMS: Readonly<Record<string, string>> = {
  'linux-x64': 'linux',
  'darwin-x64': 'darwin',
  'win32-x64': 'windows',
};

/** The addon looks for its libraries in `../../deps/lib`, on Windows beside itself. */
const ADDON_FOLDER = `lib/napi-v${String(NODE_API_VERSION)}`;
const LIBRARY_FOLDER = process.platform === 'win32' ? ADDON_FOLDER : 'deps/lib';

/** Puts the two archives' content into an empty folder. @throws WorkError when they cannot be had or read, or are others */
export async function installStock(folder: string, watch: Watch, pins = PINNED): Promise<Omit<Manifest, 'files'>> {
  const platform = PLATFORMS[`${process.platform}-${process.arch}`];
  if (platform === undefined) {
    throw new WorkError(`tfjs-node has no prebuilt addon for ${process.platform}-${process.arch}`);
  }
  const variant = platform !== 'darwin' && (await hasNvidiaCard(watch.signal)) ? 'gpu' : 'cpu';
  const { library, addon } = stockAddresses(variant, platform);
  await checkReachable(library, watch.signal);
  await checkReachable(addon, watch.signal);
  await fetchInto(library, folder, pins, watch, (name) => libraryPlace(name));
  await fetchInto(addon, folder, pins, watch, (name) => join(ADDON_FOLDER, basename(name)));
  await replaceLinks(join(folder, LIBRARY_FOLDER));
  return {
    tfjsVersion: TFJS_VERSION,
    libtensorflowVersion: VERSION,
    variant,
    origin: `${library}, ${addon}`,
    addon: `${ADDON_FOLDER}/tfjs_binding.node`,
  };
}

/** The addresses, as tfjs-node's scripts put them together. */
export function stockAddresses(variant: 'cpu' | 'gpu', platform: string): { library: string; addon: string } {
  const env = process.env;
  const host = env['TFJS_NODE_CDN_STORAGE'] ?? env['CDN_STORAGE'] ?? HOST;
  const libraryBase = env['TFJS_NODE_BASE_URI'] ?? `${host}tensorflow/libtensorflow/libtensorflow-`;
  const addonBase = env['npm_config_tfjs_binding_binary_host_mirror'] ?? `${host}tf-builds/pre-built-binary`;
  const extension = platform === 'windows' ? 'zip' : 'tar.gz';
  const addonName = `${variant.toUpperCase()}-${platform}-${TFJS_VERSION}.${extension}`;
  return {
    library: `${libraryBase}${variant}-${platform}-x86_64-${VERSION}.${extension}`,
    addon: `${addonBase}/napi-v${String(NODE_API_VERSION)}/${TFJS_VERSION}/${addonName}`,
  };
}

/** Libraries only: the headers are for compiling. */
function libraryPlace(name: string): string | undefined {
  const isLibrary = /(^|\/)(lib)?tensorflow[^/]*\.(so|dylib|dll)[^/]*$/.test(name);
  return isLibrary ? join(LIBRARY_FOLDER, basename(name)) : undefined;
}

type Place = (entryName: string) => string | undefined;

async function fetchInto(address: string, folder: string, pins: Pins, watch: Watch, place: Place): Promise<void> {
  const archive = join(folder, basename(new URL(address).pathname));
  await downloadArchive(address, archive, pins, watch);
  watch.progress({ text: `unpacking ${basename(archive)}` });
  const isZip = archive.endsWith('.zip');
  const count = isZip
    ? await unpackZip(archive, folder, { signal: watch.signal, place })
    : await unpackTar(archive, folder, place);
  if (count === 0) throw new WorkError('an archive without the expected files', { file: address });
  watch.signal?.throwIfAborted();
  await rememberFirstUse(archive, basename(archive), pins);
  await rm(archive);
}

async function unpackTar(archive: string, folder: string, place: Place): Promise<number> {
  let count = 0;
  await mkdir(join(folder, LIBRARY_FOLDER), { recursive: true });
  try {
    await extract({
      file: archive,
      cwd: folder,
      strict: true,
      filter: (name, entry) => 'type' in entry && entry.type !== 'Directory' && place(name) !== undefined,
      onReadEntry: (entry) => {
        entry.path = place(entry.path) ?? entry.path;
        count += 1;
      },
    });
  } catch (error) {
    throw new WorkError('an archive that cannot be read', { file: archive, found: dataReason(error) });
  }
  return count;
}

/**
 * Of a library's names (`libtensorflow.so` → `.so.2` → `.so.2.9.1`) keeps the one the addon asks for, as a file: each
 * would otherwise be measured and stored as a file of its own.
 */
async function replaceLinks(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const names = await readdir(folder);
  for (const name of names.filter((candidate) => /\.so\.\d+$|\.\d+\.dylib$/.test(candidate))) {
    const path = join(folder, name);
    if (!(await lstat(path)).isSymbolicLink()) continue;
    await copyFile(path, `${path}.copy`);
    await rename(`${path}.copy`, path);
  }
  for (const name of await readdir(folder)) {
    if (!/\.so\.\d+$|\.\d+\.dylib$/.test(name) || /\.\d+\.\d+\.\d+\.dylib$/.test(name)) await rm(join(folder, name));
  }
}

/** Whether the NVIDIA driver's own tool sees a card. */
async function hasNvidiaCard(signal: AbortSignal | undefined): Promise<boolean> {
  try {
    const { exitCode, output } = await runCommand('nvidia-smi', ['-L'], { signal, timeoutMilliseconds: 5000 });
    return exitCode === 0 && output.includes('GPU');
  } catch (error) {
    if (error instanceof WorkError) return false;
    throw error;
  }
}
