/** A drop of confidence in a sentence: a negative one is a rise, and what rounds to zero is none. */

/** "falls by 0.021", "rises by 0.021", "does not fall" */
export function fallsText(drop: number, digits: number): string {
  if (Number(drop.toFixed(digits)) === 0) return 'does not fall';
  return `${isRise(drop, digits) ? 'rises' : 'falls'} by ${Math.abs(drop).toFixed(digits)}`;
}

/** Whether it is a rise in so many digits. */
export function isRise(drop: number, digits: number): boolean {
  return Number(drop.toFixed(digits)) < 0;
}
