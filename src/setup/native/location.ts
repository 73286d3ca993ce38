/**
 * Where the native engine lies: a per-user cache shared by every checkout and every editor, because its libraries are
 * close to a gigabyte.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The release of @tensorflow/tfjs-node-gpu whose JavaScript this program is built with; its addon must be the same. */
export const TFJS_VERSION = '4.22.0';
/** The Node-API level the addon is built for. Every Node this program runs on (20 and later) has it. */
export const NODE_API_VERSION = 8;

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder of everything this program keeps for a user and could compute or download again. */
export function cacheFolder(env: Environment = process.env, platform: string = process.platform): string {
  const chosen = env['EPOCHLENS_CACHE'];
  if (chosen) return chosen;
  return join(userCacheFolder(env, platform), 'epochlens');
}

function userCacheFolder(env: Environment, platform: string): string {
  const home = homedir();
  if (platform === 'win32') return env['LOCALAPPDATA'] || join(home, 'AppData', 'Local');
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  return env['XDG_CACHE_HOME'] || join(home, '.cache');
}

/** The folder of all native engines. */
export function nativeRoot(): string {
  return join(cacheFolder(), 'native');
}

/** The name of a native engine's folder, such as `4.22.0-2.21.0-linux-x64-napi8`. */
export function nativeFolderName(libtensorflowVersion: string): string {
  return `${TFJS_VERSION}-${libtensorflowVersion}${nativeFolderSuffix()}`;
}

/** What the names of the folders that fit this machine end in. */
export function nativeFolderSuffix(): string {
  return `-${process.platform}-${process.arch}-napi${String(NODE_API_VERSION)}`;
}
