/** Files of lines that grow at their end, and that a kill may leave with half a line. */
import { errorCode } from '../../common/reasons';
import { fileError } from '../../common/systemErrors';
import { isReportedError } from '../../common/errors';
import { openRegularFile, readRegularFile } from '../../common/regularFile';

/** Of a hundred thousand epochs. */
const MOST_BYTES = 64_000_000;

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

/** Appends lines, onto the disk. What a killed process left of a line is removed first. @throws WorkError */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  try {
    const file = await openRegularFile(path, 'a+');
    try {
      const content = await file.readFile();
      const whole = content.lastIndexOf(0x0a) + 1;
      if (whole < content.length) await file.truncate(whole);
      await file.appendFile(lines.map((line) => `${line}\n`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw isReportedError(error) ? error : fileError('could not be written', path, error);
  }
}
