/** What the extension says in another language. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths';

/** The translation of an English text, or of a key of the manifest's. */
export type Translate = (text: string, ...values: readonly (string | number)[]) => string;

/** @throws where a text has no translation, so that no test passes in English */
export function translations(language: string): Translate {
  const read = (file: string): Record<string, string> =>
    JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Record<string, string>;
  const texts = { ...read(`l10n/bundle.l10n.${language}.json`), ...read(`package.nls.${language}.json`) };
  return (text, ...values) => {
    const translated = texts[text];
    if (translated === undefined) throw new Error(`there is no ${language} text for “${text}”`);
    return translated.replace(/\{(\d+)\}/g, (_, place: string) => String(values[Number(place)]));
  };
}
