/** Files of lines that grow at their end, and that a kill may leave with half a line. */
import { open } from 'node:fs/promises';
import { fileError } from '../common/atomic';

/** The lines that end, each without its end. What a killed process left of one is none. */
export function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

/** Appends lines, onto the disk. What a killed process left of a line is removed first. @throws WorkError */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  try {
    const file = await open(path, 'a+');
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
    throw fileError('could not be written', path, error);
  }
}
