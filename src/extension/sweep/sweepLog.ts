/** What a sweep, or the training of one of its cells, has printed. This file does not import `vscode`. */
import { open } from 'node:fs/promises';

/** Of a long log only the end is shown. */
const LONGEST_TAIL = 64 * 1024;

/** The end of a log, from the beginning of a line; undefined where there is none. */
export async function tailOf(path: string, longest = LONGEST_TAIL): Promise<string | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    const from = Math.max(size - longest, 0);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    const text = lastWritten(buffer.toString('utf8', 0, bytesRead));
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1);
  } finally {
    await file.close();
  }
}

/** A line that was written over and over, as progress is, counts as it was in the end. */
function lastWritten(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/\r$/, '').split('\r').at(-1) ?? '')
    .join('\n');
}
