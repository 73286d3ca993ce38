import { basename } from 'node:path';
import { bytesOf, isStudyName, LONGEST_NAME } from './name';

/** What a study file's name ends with. */
export const STUDY_SUFFIX = '.epochlens.json';

/** UTF-8 bytes of a name that is part of a file's: leaves room for the suffix and for that of a temporary file. */
const MOST_FILE_BYTES = 200;

/** The study's name where the file gives none: the file's, with what a name cannot hold replaced by '-'. */
export function studyNameOf(fileName: string): string {
  const base = basename(fileName);
  const stem = base.endsWith(STUDY_SUFFIX) ? base.slice(0, -STUDY_SUFFIX.length) : base.replace(/\.jsonc?$/, '');
  return nameFrom(stem);
}

/** "Füße-co" of "Füße & co": a name of any text, in NFC; "study" where nothing is left of it. */
export function nameFrom(text: string): string {
  const letters = text
    .normalize('NFC')
    .replace(/\p{DI}/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-');
  const name = cut(letters).replace(/\.+$/, '');
  if (/^-?$/.test(name)) return 'study';
  return isStudyName(name) ? name : `study-${name}`;
}

/** "name-2", of a long name as much as there is room for. */
export function numberedName(name: string, number: number): string {
  const ending = `-${String(number)}`;
  return `${cut(name, ending.length)}${ending}`;
}

/** Whether NAME and the suffix are short enough for a file's name. */
export function fitsFileName(name: string): boolean {
  return bytesOf(name) <= MOST_FILE_BYTES;
}

/** The longest beginning that leaves room for so many ASCII characters, of whole characters with their marks. */
function cut(text: string, room = 0): string {
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    const longer = kept + segment;
    if (longer.length + room > LONGEST_NAME || bytesOf(longer) + room > MOST_FILE_BYTES) break;
    kept = longer;
  }
  return kept;
}
