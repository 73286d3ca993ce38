/** A sweep's own lines, in a file beside its queue: an editor, or a person who comes later, reads them there. */
import { fstatSync, statSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import type { Output } from '../printing/output';

/**
 * The same output, whose lines about what is done also go to a file, each with its time (UTC). Where standard error is
 * that file already, as where an editor starts the sweep, nothing is written twice. That it cannot be written stops nothing.
 */
export function withLog(output: Output, path: string): Output {
  if (isStandardError(path)) return output;
  let writing: Promise<unknown> = Promise.resolve();
  return {
    ...output,
    log(text) {
      output.log(text);
      const line = `${new Date().toISOString()} ${text}\n`;
      writing = writing.then(() => appendFile(path, line)).catch(() => undefined);
    },
  };
}

function isStandardError(path: string): boolean {
  try {
    const [own, file] = [fstatSync(2), statSync(path)];
    return own.dev === file.dev && own.ino === file.ino;
  } catch {
    return false;
  }
}
