/** Whether a text is small and plain enough to be parsed into a tree: decided in one pass that keeps nothing of it. */
import { visit, type ParseError } from 'jsonc-parser';
import type { JsonPath } from './problem';

/** Far more than any study file: whoever names a larger one meant another file. In bytes, or in UTF-16 units. */
export const LARGEST_TEXT = 4 * 1024 * 1024;

/** A run of ten thousand imported checkpoints has 40,000; a study with every list full, 15,000. */
const MOST_VALUES = 100_000;

/** A study's own values lie at most five deep. The parser recurses, and a hundred thousand levels exhaust the stack. */
const MOST_LEVELS = 64;

/** Why a text is not read further. */
export type Beyond =
  | { readonly kind: 'length' }
  | { readonly kind: 'levels'; readonly offset: number; readonly most: number }
  | { readonly kind: 'values'; readonly offset: number; readonly most: number; readonly path: JsonPath }
  /** Those after the first are mostly its consequences, and there can be a million. */
  | { readonly kind: 'syntax'; readonly error: ParseError };

class Stop extends Error {
  constructor(readonly beyond: Beyond) {
    super(beyond.kind);
  }
}

/**
 * The first thing for which a text is not parsed; undefined of one that can be.
 * @param ifWrong `pass` goes on after an error of syntax, for texts that are being written
 */
export function firstBeyond(text: string, ifWrong: 'stop' | 'pass' = 'stop'): Beyond | undefined {
  if (text.length > LARGEST_TEXT) return { kind: 'length' };
  let values = 0;
  let levels = 0;
  const count = (offset: number, path: () => JsonPath): void => {
    if (++values > MOST_VALUES) throw new Stop({ kind: 'values', offset, most: MOST_VALUES, path: path() });
  };
  const open = (offset: number, path: () => JsonPath): void => {
    count(offset, path);
    if (++levels > MOST_LEVELS) throw new Stop({ kind: 'levels', offset, most: MOST_LEVELS });
  };
  const close = (): void => {
    levels--;
  };
  try {
    visit(
      text,
      {
        onObjectBegin: (offset, _length, _line, _character, path) => open(offset, path),
        onArrayBegin: (offset, _length, _line, _character, path) => open(offset, path),
        onObjectEnd: close,
        onArrayEnd: close,
        onLiteralValue: (_value, offset, _length, _line, _character, path) => count(offset, path),
        onError: (error, offset, length) => {
          if (ifWrong === 'stop') throw new Stop({ kind: 'syntax', error: { error, offset, length } });
          count(offset, () => []);
        },
      },
      { allowTrailingComma: true },
    );
  } catch (error) {
    if (error instanceof Stop) return error.beyond;
    throw error;
  }
  return undefined;
}
