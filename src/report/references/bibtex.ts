/** References as BibTeX. */
import { REFERENCES, type Reference, type ReferenceKey } from './entries';

export function reference(key: ReferenceKey): Reference {
  return REFERENCES[key];
}

/** An entry as a .bib file has it. */
export function bibtex(key: ReferenceKey): string {
  const { type, fields } = reference(key);
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},`);
  return [`@${type}{${key},`, ...lines, '}'].join('\n');
}

/** Each once, by label. */
export function sortedKeys(keys: Iterable<ReferenceKey>): ReferenceKey[] {
  return [...new Set(keys)].sort((a, b) => reference(a).label.localeCompare(reference(b).label, 'en'));
}

const ACCENTS: Readonly<Record<string, string>> = { "'": '\u0301', '`': '\u0300', '"': '\u0308' };

/** "Selvaraju, Ramprasaath R. and …: Grad-CAM: …. 2017. doi:…", without BibTeX's braces. */
export function readable(key: ReferenceKey): string {
  const { fields } = reference(key);
  const container = fields['journal'] ?? fields['booktitle'] ?? fields['institution'] ?? fields['publisher'];
  const where = [
    container,
    fields['volume'] && `vol. ${fields['volume']}`,
    fields['number'] && `no. ${fields['number']}`,
    fields['pages'] && `pp. ${fields['pages']}`,
    fields['eprint'] && `arXiv:${fields['eprint']}`,
    fields['year'],
    fields['doi'] && `doi:${fields['doi']}`,
    fields['note'],
  ].filter((part) => part !== undefined && part !== '');
  const authors = fields['author']?.split(' and ').join('; ');
  const text = [authors, fields['title'], where.join(', ')].filter((part) => part !== undefined && part !== '');
  return plain(`${text.join('. ')}.`);
}

/** BibTeX's text for a reader: accents as letters, dashes, no braces. */
function plain(text: string): string {
  return text
    .replace(/\{\\(['`"])(\w)\}/g, (_, accent: string, letter: string) => `${letter}${ACCENTS[accent] ?? ''}`)
    .normalize('NFC')
    .replace(/\\&/g, '&')
    .replace(/--/g, '–')
    .replace(/[{}]/g, '')
    .replace(/\.\./g, '.');
}
