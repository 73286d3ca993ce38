/** Loading the native addon of the per-user cache into this process. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding';
import { givenCores } from '../../common/allocation';
import { WorkError } from '../../common/errors';
import type { NativeEngine } from '../../setup/native/manifest';
import { findNativeEngine, INSTALL_ADVICE } from './native';

/** The addon's functions and constants. */
export type Addon = TFJSBinding;

export interface LoadedAddon {
  readonly addon: Addon;
  readonly native: NativeEngine;
}

/** @throws WorkError when there is no usable native engine. A broken addon can end the process instead. */
export async function loadAddon(): Promise<LoadedAddon> {
  const native = await findNativeEngine();
  prepareEnvironment();
  const path = join(native.folder, native.manifest.addon);
  try {
    return { addon: quietly(native, () => requireFrom(path) as Addon), native };
  } catch (error) {
    throw new WorkError(
      'the native engine cannot be loaded',
      { file: path, found: error instanceof Error ? error.message : String(error), advice: INSTALL_ADVICE },
      { cause: error },
    );
  }
}

/** Not a plain `require`, which a bundler would try to follow. */
function requireFrom(path: string): unknown {
  return createRequire(path)(path);
}

/** Within and beside operations, and in libraries that share out their loops. TensorFlow would take every core of a node. */
const THREADS = ['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS', 'OMP_NUM_THREADS'] as const;

/** How many threads TensorFlow was told to compute an operation with; undefined where it takes one for each core. */
export function threadsGiven(): number | undefined {
  const count = Number(process.env[THREADS[0]]);
  return Number.isInteger(count) && count > 0 ? count : undefined;
}

/** TensorFlow reads these once, while it is loaded; what the person has set stays. */
function prepareEnvironment(): void {
  // 2: warnings and information are left out, errors are shown.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ||= '2';
  const cores = givenCores();
  if (cores !== undefined) for (const name of THREADS) process.env[name] ||= String(cores);
  addRemovedNodeFunctions();
}

/**
 * Runs a function with standard error silenced, unless the person has asked for TensorFlow's messages by setting
 * TF_CPP_MIN_LOG_LEVEL to 0 or 1. Newer libraries log before they read that variable.
 */
function quietly<T>(native: NativeEngine, load: () => T): T {
  const asked = Number(process.env['TF_CPP_MIN_LOG_LEVEL']) < 2;
  if (native.manifest.quiet === undefined || asked) return load();
  const quiet = requireFrom(join(native.folder, native.manifest.quiet)) as { mute(): void; restore(): void };
  quiet.mute();
  try {
    return load();
  } finally {
    quiet.restore();
  }
}

/** tfjs-node 4.22 calls two functions that Node 23 removed. */
function addRemovedNodeFunctions(): void {
  const functions = util as unknown as Record<string, unknown>;
  functions['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined;
  functions['isArray'] ??= Array.isArray;
}
