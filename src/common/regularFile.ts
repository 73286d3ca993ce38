/**
 * Files that others named or put there, opened so that nothing waits: opening a FIFO blocks until somebody writes into
 * it, reading a device may never end, and opening some devices does something.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, statSync, type Stats } from 'node:fs';
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

let scratch = new Uint8Array(1 << 16);

/**
 * The content of a small file, until the next one is read; undefined where there is none that can be read. The thread
 * waits for it: the three system calls take a fraction of the time that handing them to the thread pool does.
 */
export function readSmallFile(path: string): Uint8Array | undefined {
  let file: number | undefined;
  try {
    // What is no regular file is never waited for either, and no more of it is read than fits.
    file = openSync(path, FLAGS.r);
    let length = readSync(file, scratch, 0, scratch.length, 0);
    if (length === scratch.length) {
      const { size } = fstatSync(file);
      if (size >= scratch.length) scratch = new Uint8Array(size + 1);
      length = readSync(file, scratch, 0, scratch.length, 0);
    }
    return scratch.subarray(0, length);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** As {@link readRegularFile}, for a thread that has nothing else to do: a third of its time for small files. */
export function readRegularFileNow(path: string, mostBytes = Infinity): Buffer {
  refuseIrregular(path, statSync(path));
  const file = openSync(path, FLAGS.r);
  try {
    const stats = fstatSync(file);
    refuseIrregular(path, stats);
    if (stats.size > mostBytes) throw tooLarge(path, stats.size, mostBytes);
    return readFileSync(file);
  } finally {
    closeSync(file);
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
