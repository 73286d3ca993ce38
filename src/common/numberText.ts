/** Numbers as people read them. */

/** In so many digits, with a true minus, which is as wide as a plus; what rounds to zero is on neither side of it. */
export function fixedText(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

/** "93.07 %", on one line. @param value in per cent */
export function percentText(value: number): string {
  return `${value.toFixed(2)}\u00a0%`;
}
