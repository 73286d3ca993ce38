/** Numbers that are written in large numbers, such as one an image. */

/** To seven significant digits, which a mean and its interval are computed from again to as many as are shown. */
export function sevenDigits(value: number): number {
  return Number(value.toPrecision(7));
}

export function sevenDigitsOrNull(value: number | null): number | null {
  return value === null ? null : sevenDigits(value);
}
