/** Which part of a long list of equal steps is visible. */
export interface Window {
  /** Half-open. */
  readonly from: number;
  readonly to: number;
}

/** The steps that lie in a range, and some more on either side. */
export function visibleWindow(offset: number, length: number, step: number, count: number, margin: number): Window {
  const from = Math.max(Math.floor(offset / step) - margin, 0);
  const to = Math.min(Math.ceil((offset + length) / step) + margin, count);
  return { from: Math.min(from, count), to: Math.max(to, Math.min(from, count)) };
}
