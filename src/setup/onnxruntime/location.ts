/** Where onnxruntime-node lies: it is no part of this program, as it is of hundreds of megabytes and few want it. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../../common/errors';
import { cacheFolder } from '../native/location';

/** The release that is installed. Its package carries the libraries for the CPU of every platform. */
export const ONNXRUNTIME_VERSION = '1.30.0';

/** Of the environment: a folder in whose `node_modules` it lies, or `off`. */
export const ONNXRUNTIME_VARIABLE = 'EPOCHLENS_ONNXRUNTIME';

export const INSTALL_ONNXRUNTIME = 'epochlens setup onnxruntime';

/** The folder of all that is installed. */
export function onnxruntimeRoot(): string {
  return join(cacheFolder(), 'onnxruntime');
}

/** The folder in whose `node_modules` it is installed. */
export function onnxruntimeFolder(): string {
  return join(onnxruntimeRoot(), `${ONNXRUNTIME_VERSION}-${process.platform}-${process.arch}`);
}

export function packageIn(folder: string): string {
  return join(folder, 'node_modules', 'onnxruntime-node');
}

/**
 * The package's folder. No folder beside a network or a study is looked into: code that lies beside a stranger's file
 * is not to be run.
 * @returns undefined where there is none @throws InputError where the environment names a folder without it
 */
export function findOnnxruntime(env: Readonly<Record<string, string | undefined>> = process.env): string | undefined {
  const named = env[ONNXRUNTIME_VARIABLE];
  if (named === 'off') return undefined;
  const found = packageIn(named ? resolve(named) : onnxruntimeFolder());
  if (existsSync(join(found, 'package.json'))) return found;
  if (!named) return undefined;
  throw new InputError('there is no onnxruntime-node where it is said to be', {
    place: ONNXRUNTIME_VARIABLE,
    found: named,
    expected: 'a folder with node_modules/onnxruntime-node, or off',
  });
}
