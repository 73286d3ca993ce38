/**
 * What the archives of the native engine must be. Of some the SHA-256 is known beforehand; the others are trusted when
 * they are first used on this machine, and must be the same from then on.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileError, writeFileAtomically } from '../../common/atomic';
import { WorkError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { hashFile } from '../../common/hashFile';
import { nativeRoot } from './location';

/** SHA-256, hexadecimal, by the archive's file name. */
export type Pins = Readonly<Record<string, string>>;

/**
 * As package collections that fetch them by their hash have them. Of tfjs-node's prebuilt addons, and of the wheels for
 * other Pythons and processors, none is known.
 */
export const PINNED: Pins = {
  'libtensorflow-cpu-linux-x86_64-2.9.1.tar.gz': '7f510d2546e3db5e10b1d119463689003d587842892ad3c95bca51cf82820173',
  'libtensorflow-gpu-linux-x86_64-2.9.1.tar.gz': '20c46f761d5905f592c4eac0812e8e50d9cb439f9440a9391912cf4c02ed8be8',
  'libtensorflow-cpu-darwin-x86_64-2.9.1.tar.gz': '56f83d3320ba0f69aaafd6c058645e1b7fbc75fb9a3fc36d6be98de1291ca226',
  'libtensorflow-cpu-windows-x86_64-2.9.1.zip': '56fa7e84c984144311563b405bd0e565568f3cbe2c15ac4713e9c8174a02b00f',
  'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl':
    '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
};

/** Beside the engines, and gone with them when their cache is cleared. */
const RECORD = 'first-use.json';

/** What an archive must be; undefined before its first use here. */
export async function expectedSum(name: string, pins: Pins, root = nativeRoot()): Promise<string | undefined> {
  return pins[name] ?? (await readRecord(root))[name];
}

/** What to do about an archive that is another: how that differs for one that was only trusted. */
export function adviceOn(name: string, pins: Pins, root = nativeRoot()): string {
  return name in pins
    ? 'The host or mirror gives another file than the published one: use another.'
    : `It is not what was first used here. If you trust it, remove ${join(root, RECORD)} and install again.`;
}

/** @throws WorkError where the archive is not what it must be */
export async function assertExpected(path: string, name: string, pins: Pins, root = nativeRoot()): Promise<void> {
  const expected = await expectedSum(name, pins, root);
  if (expected === undefined) return;
  const found = await hashFile(path);
  if (found === expected) return;
  throw new WorkError('the archive is not the expected one', {
    file: name,
    found: `SHA-256 ${found}`,
    expected,
    advice: adviceOn(name, pins, root),
  });
}

/** Remembers an archive that was read without fault, unless its sum was known. @throws WorkError */
export async function rememberFirstUse(path: string, name: string, pins: Pins, root = nativeRoot()): Promise<void> {
  if ((await expectedSum(name, pins, root)) !== undefined) return;
  const record = { ...(await readRecord(root)), [name]: await hashFile(path) };
  await makeFolder(root);
  await writeFileAtomically(join(root, RECORD), `${JSON.stringify(record, undefined, 2)}\n`);
}

/** What cannot be read vouches for nothing, and is refused: an installation must not pass for want of a record. */
async function readRecord(root: string): Promise<Pins> {
  const path = join(root, RECORD);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw fileError('the record of first uses cannot be read', path, error);
  }
  const record = parse(text);
  if (isPins(record)) return record;
  throw new WorkError('the record of first uses is damaged', {
    file: path,
    expected: 'JSON: SHA-256 by file name',
    advice: 'Remove it: what is fetched next is trusted then.',
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPins(value: unknown): value is Pins {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((sum) => typeof sum === 'string' && /^[0-9a-f]{64}$/.test(sum));
}
