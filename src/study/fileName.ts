import { basename } from 'node:path';

/** What a study file's name ends with. */
export const STUDY_SUFFIX = '.epochlens.json';

/** The study's name where the file gives none: the file's, with what a name cannot hold replaced by '-'. */
export function studyNameOf(fileName: string): string {
  const base = basename(fileName);
  const stem = base.endsWith(STUDY_SUFFIX) ? base.slice(0, -STUDY_SUFFIX.length) : base.replace(/\.jsonc?$/, '');
  const name = stem.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 100);
  return /^(?:\.{0,2}|-)$/.test(name) ? 'study' : name;
}
