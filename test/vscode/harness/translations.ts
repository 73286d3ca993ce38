/** What the extension says in another language, and what of that is still English on the screen. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { ROOT } from './paths';

export interface Translations {
  /**
   * The translation of an English text, or of a key of the manifest's.
   * @throws where there is none, so that no test passes in English
   */
  readonly of: (text: string, ...values: readonly (string | number)[]) => string;
  /** What a page says, to people who look and to those who listen, that has a translation and is not translated. */
  readonly englishIn: (frame: Frame) => Promise<string[]>;
}

export function translations(language: string): Translations {
  const bundle = read(`l10n/bundle.l10n.${language}.json`);
  const texts: Texts = { ...bundle, ...read(`package.nls.${language}.json`) };
  const english = Object.keys(bundle)
    .filter((text) => bundle[text] !== text && /\p{L}{2}/u.test(text.replace(/\{\d+\}/g, '')))
    .map((text) => new RegExp(`^${escaped(text).replace(/\\\{\d+\\\}/g, '.+')}$`, 's'));
  return {
    of: (text, ...values) => {
      const translated = texts[text];
      if (translated === undefined) throw new Error(`there is no ${language} text for “${text}”`);
      return translated.replace(/\{(\d+)\}/g, (_, place: string) => String(values[Number(place)]));
    },
    englishIn: async (frame) => (await textsOf(frame)).filter((text) => english.some((each) => each.test(text))),
  };
}

type Texts = Readonly<Record<string, string>>;

function read(file: string): Texts {
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Texts;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function textsOf(frame: Frame): Promise<string[]> {
  return frame.evaluate(() => {
    const attributes = ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'placeholder', 'alt'];
    const found = [...document.body.querySelectorAll('*')].flatMap((element) => {
      if (element.matches('script, style')) return [];
      const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
      return [...own.map((node) => node.textContent), ...attributes.map((name) => element.getAttribute(name))];
    });
    return [...new Set(found.map((text) => text?.trim() ?? '').filter((text) => text !== ''))];
  });
}
