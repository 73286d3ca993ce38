/** The texts a person reads: which there are, and what is wrong with a translation of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';

/** Where texts go through `l10n.t`. */
const SOURCES = ['src/extension', 'webview'];

/** The two files of English texts, each with its translations beside it. */
export const FILES = { bundle: 'l10n/bundle.l10n.json', manifest: 'package.nls.json' };

/** `l10n/bundle.l10n.json` → `l10n/bundle.l10n.de.json` */
export const translationOf = (file, language) => file.replace(/\.json$/, `.${language}.json`);

/** Every text of the sources, as its own translation, in alphabetical order. */
export async function collectTexts(root) {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
      .map((name) => join(root, folder, name)),
  );
  const texts = await getL10nJson(
    files.map((file) => ({ extension: file.endsWith('x') ? '.tsx' : '.ts', contents: readFileSync(file, 'utf8') })),
  );
  return Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function readTexts(root, file) {
  return existsSync(join(root, file)) ? JSON.parse(readFileSync(join(root, file), 'utf8')) : {};
}

/** Every language that either file has been translated to. */
export function languagesOf(root) {
  const found = Object.values(FILES).flatMap((file) => {
    const [folder, start] = [join(root, file, '..'), basename(file, 'json')];
    return existsSync(folder)
      ? readdirSync(folder).filter((name) => name.startsWith(start) && name !== basename(file))
      : [];
  });
  return [...new Set(found.map((name) => name.split('.').at(-2)))].sort();
}

/**
 * @param english the texts by their keys
 * @param translated their translations by the same keys
 * @returns the keys without a translation, the keys that no text has any more, and the translations that cannot be right
 */
export function compareTexts(english, translated) {
  const kept = Object.keys(english).filter((key) => key in translated);
  return {
    missing: Object.keys(english).filter((key) => !(key in translated)),
    surplus: Object.keys(translated).filter((key) => !(key in english)),
    wrong: kept.flatMap((key) => {
      const reason = wrongReason(messageOf(english[key]), translated[key]);
      return reason === undefined ? [] : [{ key, reason }];
    }),
  };
}

/** "Saved as", and not "Heatmaps: {0}", which may be the same in another language. */
const WORDS = /\p{L}{2,}[^\p{L}{]+\p{Ll}{2,}/u;

function wrongReason(english, translated) {
  if (typeof translated !== 'string' || translated.trim() === '') return 'is empty';
  if (translated === english && WORDS.test(english)) return 'is still in English';
  for (const [what, pattern] of Object.entries(UNCHANGED)) {
    const [expected, found] = [english, translated].map((text) => (text.match(pattern) ?? []).sort().join(' '));
    if (expected !== found) return `has ${what} “${found}” in place of “${expected}”`;
  }
  return undefined;
}

/** What a translation says as the English does, wherever in the sentence. */
const UNCHANGED = {
  placeholders: /\{\w+\}/g,
  links: /\]\([^)]*\)/g,
  icons: /\$\([\w~-]+\)/g,
  code: /`[^`]*`/g,
};

/** A text that has a comment for translators is an object. */
export function messageOf(text) {
  return typeof text === 'string' ? text : text.message;
}

/** The keys that the manifest names as `%key%`. */
export function keysOfManifest(root) {
  const found = readFileSync(join(root, 'package.json'), 'utf8').matchAll(/"%([^%"\s]+)%"/g);
  return [...new Set([...found].map(([, key]) => key))].sort();
}
