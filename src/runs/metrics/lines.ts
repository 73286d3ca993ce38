/** Files of lines that grow at their end, and that a kill may leave with half a line. */
import type { FileHandle } from 'node:fs/promises';
import { errorCode } from '../../common/reasons';
import { fileError } from '../../common/systemErrors';
import { isReportedError } from '../../common/errors';
import { openRegularFile, readRegularFile } from '../../common/regularFile';

/** Of a hundred thousand epochs. */
const MOST_BYTES = 64_000_000;
const END_BYTES = 4096;

export interface Lines {
  /** Those that end, each without its end. */
  readonly whole: readonly string[];
  /** What a killed process left of one; mostly empty. */
  readonly rest: string;
}

/** None where there is no file. @throws InputError, WorkError where it cannot be read */
export async function readLines(path: string): Promise<Lines> {
  try {
    const lines = (await readRegularFile(path, MOST_BYTES)).toString('utf8').split('\n');
    return { whole: lines.slice(0, -1), rest: lines.at(-1) ?? '' };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { whole: [], rest: '' };
    throw isReportedError(error) ? error : fileError('the file cannot be read', path, error);
  }
}

/**
 * Appends lines. What a killed process left of a line is removed first.
 * @param sync whether they are waited for until the disk has them
 * @throws WorkError
 */
export async function appendLines(path: string, lines: readonly string[], { sync = true } = {}): Promise<void> {
  try {
    const file = await openRegularFile(path, 'a+');
    try {
      await removeHalfLine(file);
      await file.appendFile(lines.map((line) => `${line}\n`).join(''));
      if (sync) await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw isReportedError(error) ? error : fileError('could not be written', path, error);
  }
}

/** Reads the end alone: the file may be long, and lines be appended several times a second. */
async function removeHalfLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  let end = size;
  const last = Buffer.alloc(END_BYTES);
  while (end > 0) {
    const start = Math.max(0, end - END_BYTES);
    const { bytesRead } = await file.read(last, 0, end - start, start);
    const at = last.subarray(0, bytesRead).lastIndexOf(0x0a);
    if (at !== -1 || start === 0) {
      const whole = start + at + 1;
      if (whole < size) await file.truncate(whole);
      return;
    }
    end = start;
  }
}
