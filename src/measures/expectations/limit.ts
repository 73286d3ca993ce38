/** Limits, and how it is said that a number misses one. */

/** An expectation that is not met, or of which it cannot be decided whether it is. */
export interface MissTexts {
  /** "confidence drop 0.0312" */
  readonly actual: string;
  /** "confidence drop at most 0.02" */
  readonly expected: string;
  /** "confidence drop 0.0312, expected at most 0.02" */
  readonly text: string;
}

/** @param bound "at most 0.02" */
export function missTexts(name: string, found: string, bound: string): MissTexts {
  const actual = `${name} ${found}`;
  return { actual, expected: `${name} ${bound}`, text: `${actual}, expected ${bound}` };
}

/**
 * By how much a mean may pass a limit and still meet it: a mean of some thousand values of at most 1 in size is off by
 * less in double precision. A share of the limit's size where that is above 1.
 */
const ROUNDING = 1e-12;

export function isAtLeast(mean: number, limit: number): boolean {
  return mean >= limit - ROUNDING * Math.max(1, Math.abs(limit));
}

/** With so many digits, or as many more as tell it from the limit that it misses. */
export function apartFrom(limit: number, value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === limit && digits < 15 ? apartFrom(limit, value, digits + 1) : text;
}
