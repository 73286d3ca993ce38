/** Getting the native engine onto a machine: what is there, the stock download, the Python wheel, or going on without. */
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, isReportedError, WorkError } from '../../common/errors';
import { checkLoads } from './check';
import { installedEngines } from './installed';
import { nativeFolderName, nativeRoot } from './location';
import { findDamage, writeManifest, type Manifest, type NativeEngine } from './manifest';
import { megabytes, type Watch } from './progress';
import { installStock } from './stock';
import { installFromWheel } from './wheel';
import { succeeds } from '../../common/succeeds';

/** A way to get the engine. It fills an empty folder, or throws. */
export interface Route {
  readonly name: string;
  readonly install: (folder: string, watch: Watch) => Promise<Omit<Manifest, 'files'>>;
}

export interface Attempt {
  readonly route: string;
  /** Why it did not work. */
  readonly reason: string;
}

export interface InstallResult {
  /** Undefined when no route worked: the program goes on with the engine that needs no installation. */
  readonly native: NativeEngine | undefined;
  /** The route that worked, or "already installed". */
  readonly route: string | undefined;
  readonly failures: readonly Attempt[];
}

export interface InstallOptions extends Partial<Watch> {
  /** Read every byte of what is installed, and not only the files' sizes. */
  readonly verify?: boolean;
  readonly root?: string;
  readonly routes?: readonly Route[];
  readonly checkLoads?: typeof checkLoads;
}

/** Libraries, the archive they come in, and room to spare. */
const NEEDED_BYTES = 1.5e9;
const BUILDING_PREFIX = '.building-';
const ABANDONED_MILLISECONDS = 24 * 3600 * 1000;

const ROUTES: readonly Route[] = [
  { name: 'tfjs-node’s own download', install: installStock },
  { name: 'TensorFlow’s Python package', install: installFromWheel },
];

/**
 * Installs the native engine if it is not there yet. A way that does not work is not an error: the next is tried.
 *
 * @throws CancelledError when the signal says so; nothing half-written stays then, or ever
 */
export async function installNative(options: InstallOptions = {}): Promise<InstallResult> {
  const root = options.root ?? nativeRoot();
  const watch: Watch = { signal: options.signal, progress: options.progress ?? (() => undefined) };
  const failures: Attempt[] = [];
  if (process.env['EPOCHLENS_NATIVE'] === 'off') {
    const reason = 'switched off by the environment variable EPOCHLENS_NATIVE';
    return { native: undefined, route: undefined, failures: [{ route: 'native engine', reason }] };
  }
  const present = await soundEngine(root, options.verify === true ? 'hashes' : 'sizes', watch, failures);
  if (present !== undefined) return { native: present, route: 'already installed', failures };
  await mkdir(root, { recursive: true });
  await removeAbandoned(root);
  for (const route of options.routes ?? ROUTES) {
    watch.progress({ text: `trying ${route.name}` });
    try {
      await checkSpace(root);
      const native = await buildAside(root, route, watch, options.checkLoads ?? checkLoads);
      return { native, route: route.name, failures };
    } catch (error) {
      if (watch.signal?.aborted === true) throw new CancelledError('the installation was cancelled');
      const reason = isReportedError(error) ? error.message : String(error);
      failures.push({ route: route.name, reason });
      watch.progress({ text: `${route.name}: ${reason}` });
    }
  }
  return { native: undefined, route: undefined, failures };
}

/** The best installed engine that is as it was installed; damaged ones are told of. */
async function soundEngine(
  root: string,
  thoroughness: 'sizes' | 'hashes',
  watch: Watch,
  failures: Attempt[],
): Promise<NativeEngine | undefined> {
  for (const native of await installedEngines(root)) {
    const damage = await findDamage(native, thoroughness);
    if (damage === undefined) return native;
    failures.push({ route: 'already installed', reason: damage });
    watch.progress({ text: `the installed engine is damaged and will be replaced: ${damage}` });
  }
  return undefined;
}

/** Fills a folder of its own and renames it into place when it is complete and has been seen to load. */
async function buildAside(root: string, route: Route, watch: Watch, check: typeof checkLoads): Promise<NativeEngine> {
  const building = join(root, `${BUILDING_PREFIX}${randomUUID()}`);
  await mkdir(building);
  try {
    const about = await route.install(building, watch);
    watch.signal?.throwIfAborted();
    await check(building, about, watch.signal);
    const manifest = await writeManifest(building, about);
    watch.signal?.throwIfAborted();
    const variant = about.variant === 'gpu' ? '_gpu' : '';
    const folder = join(root, nativeFolderName(`${about.libtensorflowVersion}${variant}`));
    return await moveIntoPlace(building, { folder, manifest });
  } finally {
    await removeFolder(building);
  }
}

/** Another process may have put an engine there meanwhile; when it is whole it stays, for it may be in use. */
async function moveIntoPlace(building: string, native: NativeEngine): Promise<NativeEngine> {
  for (let tries = 0; tries < 3; tries++) {
    try {
      await rename(building, native.folder);
      return native;
    } catch (error) {
      const taken = (await installedEngines(join(native.folder, '..'))).find(({ folder }) => folder === native.folder);
      if (taken !== undefined && (await findDamage(taken, 'hashes')) === undefined) return taken;
      if (!(await succeeds(stat(native.folder)))) throw error;
      // Renamed first, so that at no time a half-removed folder lies in the engine's place.
      const aside = join(native.folder, '..', `${BUILDING_PREFIX}${randomUUID()}`);
      await rename(native.folder, aside).catch(() => undefined);
      await removeFolder(aside);
    }
  }
  throw new WorkError('another program keeps changing the folder', { file: native.folder });
}

async function checkSpace(root: string): Promise<void> {
  const { bavail, bsize } = await statfs(root);
  const free = bavail * bsize;
  if (free >= NEEDED_BYTES) return;
  throw new WorkError('not enough space', {
    file: root,
    found: `${megabytes(free)} free`,
    expected: megabytes(NEEDED_BYTES),
    advice: 'Free some, or name another folder by the environment variable EPOCHLENS_CACHE',
  });
}

/** What a process that was killed has left; a day old, so that no running installation is disturbed. */
async function removeAbandoned(root: string): Promise<void> {
  for (const name of (await readdir(root)).filter((entry) => entry.startsWith(BUILDING_PREFIX))) {
    const path = join(root, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > ABANDONED_MILLISECONDS) await removeFolder(path);
  }
}

/** Tried for a while: an unpacking that has failed may still be finishing its last file. */
async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
