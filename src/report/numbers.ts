/** Numbers as the report writes them; a dash for what is not known. */
import type { Estimate } from '../protocol/values';
import { html, type Markup } from './markup';

export const NOTHING = '–';

/** Neither null nor what a computation gives that has failed. */
function isKnown(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

export function fixed(value: number | null | undefined, digits: number): string {
  if (!isKnown(value)) return NOTHING;
  const text = value.toFixed(digits);
  // A minus sign is as wide as a plus, and no hyphen; what is rounded to zero has none.
  return Number(text) === 0 ? text.replace('-', '') : text.replace('-', '−');
}

export function percent(value: number | null | undefined): string {
  return isKnown(value) ? `${value.toFixed(2)}\u00a0%` : NOTHING;
}

/** "0.0123 [0.0101, 0.0150]", in a sentence. */
export function interval(estimate: Estimate | null | undefined, digits: number): string {
  if (estimate === null || estimate === undefined) return NOTHING;
  const { mean, low, high } = estimate;
  return `${fixed(mean, digits)} [${fixed(low, digits)}, ${fixed(high, digits)}]`;
}

/** The same in a table's cell, on two lines. */
export function intervalCell(estimate: Estimate | null | undefined, digits: number): Markup | string {
  if (estimate === null || estimate === undefined) return NOTHING;
  const { mean, low, high } = estimate;
  return html`${fixed(mean, digits)}<br /><small>[${fixed(low, digits)}, ${fixed(high, digits)}]</small>`;
}

/** "1, 2 and 3" */
export function listed(items: readonly (string | number)[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${String(items.at(-1))}`;
}
