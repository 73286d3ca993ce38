/**
 * Files that others named or put there, opened so that nothing waits: opening a FIFO blocks until somebody writes into
 * it, reading a device may never end, and opening some devices does something.
 */
import { closeSync, constants, openSync, readSync, statSync, type Stats } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { InputError } from './errors';

/** What a file is opened for; `a+` makes it where it is absent. */
export type OpenMode = 'r' | 'a+';

/** Absent on Windows, whose files cannot block so. */
const NO_WAIT = (constants.O_NONBLOCK as number | undefined) ?? 0;
const FLAGS: Readonly<Record<OpenMode, number>> = {
  r: constants.O_RDONLY | NO_WAIT,
  'a+': constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | NO_WAIT,
};

/**
 * Opens a file, the target of a symbolic link too. The caller closes it.
 * @throws InputError where it is a folder, a FIFO, a device or a socket; what the system throws, such as ENOENT
 */
export async function openRegularFile(path: string, mode: OpenMode = 'r'): Promise<FileHandle> {
  const before = await stat(path).catch((error: unknown) => {
    if (mode === 'r') throw error;
  });
  if (before !== undefined) refuseIrregular(path, before);
  const file = await open(path, FLAGS[mode]);
  try {
    refuseIrregular(path, await file.stat());
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * A file's content.
 * @param mostBytes a larger file is refused before it is read
 * @throws InputError where it is none, or larger; what the system throws, such as ENOENT
 */
export async function readRegularFile(path: string, mostBytes = Infinity): Promise<Buffer> {
  const file = await openRegularFile(path);
  try {
    const { size } = await file.stat();
    if (size > mostBytes) throw tooLarge(path, size, mostBytes);
    const content = await file.readFile();
    if (content.length > mostBytes) throw tooLarge(path, content.length, mostBytes);
    return content;
  } finally {
    await file.close();
  }
}

/**
 * The content of a file of some kilobytes; undefined where there is none that can be read. The thread waits for it: six
 * calls of the thread pool, as {@link readRegularFile} makes them, take several times as long as the file's few reads.
 */
export function readSmallFile(path: string): Buffer | undefined {
  let file: number | undefined;
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isFile() !== true) return undefined;
    file = openSync(path, FLAGS.r);
    const content = Buffer.allocUnsafe(stats.size);
    return readSync(file, content) === content.length ? content : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function tooLarge(file: string, bytes: number, most: number): InputError {
  return new InputError('too large to be what it is named', {
    file,
    found: `${bytes} bytes`,
    expected: `at most ${most}`,
    advice: 'Something else has written into it, or it is another file: put the right one in its place.',
  });
}

function refuseIrregular(file: string, stats: Stats): void {
  if (stats.isFile()) return;
  throw new InputError('not a file', { file, found: kindOf(stats), expected: 'a file' });
}

/** "a folder", "a FIFO", … */
export function kindOf(stats: Stats): string {
  if (stats.isFile()) return 'a file';
  if (stats.isDirectory()) return 'a folder';
  if (stats.isSymbolicLink()) return 'a symbolic link';
  if (stats.isFIFO()) return 'a FIFO';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}
