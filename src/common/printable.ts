/** Text of others, as a terminal, a log or a notification may show it. */

/** Control characters (a terminal obeys them), line separators, and what turns the direction of writing. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
const LINE_BREAKS = /\s*[\r\n]+\s*/g;

/** With every character to be seen: `\u001b` is written out. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The lines of a text after each other, and every character to be seen. */
export function oneLine(text: string): string {
  return visible(text.replace(LINE_BREAKS, ' / '));
}

/** At most so many UTF-16 units, the last a "…" where there were more; no pair of surrogates is cut. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
