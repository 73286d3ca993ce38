import { readFile } from 'node:fs/promises';

/** A study file's text as it is on the disk; undefined where it cannot be read. */
export function readStudyText(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}
