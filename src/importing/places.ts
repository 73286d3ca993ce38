import { relative, resolve, sep } from 'node:path';

/** A folder, or a file, as a study file names it: from the study's own where it lies within, else absolute. */
export function fileFrom(studyFolder: string, path: string): string {
  const way = relative(resolve(studyFolder), resolve(path));
  return way === '' || way.startsWith('..') || way.includes(':') ? resolve(path) : way.split(sep).join('/');
}
