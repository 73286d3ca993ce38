/** Numbers as the report writes them; a dash for what is not known. */
import { fixedText, percentText } from '../common/numberText';
import type { Estimate, Interval, Rate } from '../statistics/schemas';
import { NO_RATE_INTERVAL, noIntervalText, percentOf } from '../statistics';
import { html, type Markup } from './markup';

export { listed } from '../common/listed';

export const NOTHING = '–';

/** Neither null nor what a computation gives that has failed. */
function isKnown(value: number | null | undefined): value is number {
  return value !== null && value !== undefined && Number.isFinite(value);
}

export function fixed(value: number | null | undefined, digits: number): string {
  return isKnown(value) ? fixedText(value, digits) : NOTHING;
}

export function percent(value: number | null | undefined): string {
  return isKnown(value) ? percentText(value) : NOTHING;
}

/** "0.0123 [0.0101, 0.0150] (n = 100)", in a sentence; without an interval, why: "0.0123 (n = 3: no interval below …)". */
export function estimateText(estimate: Estimate | null | undefined, digits: number): string {
  if (estimate === null || estimate === undefined) return NOTHING;
  const { mean, n, interval } = estimate;
  return interval === null
    ? `${fixed(mean, digits)} (n = ${n}: ${noIntervalText(estimate)})`
    : `${fixed(mean, digits)} ${bounds(interval, digits)} (n = ${n})`;
}

/** The same in a table's cell, on two lines. */
export function estimateCell(estimate: Estimate | null | undefined, digits: number): Markup | string {
  if (estimate === null || estimate === undefined) return NOTHING;
  const { mean, n, interval } = estimate;
  return interval === null
    ? html`${fixed(mean, digits)}<br /><small>${sizeText(n)}, ${noIntervalText(estimate)}</small>`
    : html`${fixed(mean, digits)}<br /><small>${boundsMarkup(interval, digits)} ${sizeText(n)}</small>`;
}

/** A rate in a table's cell: per cent, and below it the interval and the counts. */
export function rateCell(rate: Rate | null | undefined): Markup | string {
  if (rate === null || rate === undefined) return NOTHING;
  const { interval } = rate;
  return interval === null
    ? html`${percent(percentOf(rate))}<br /><small>${countText(rate)}, ${NO_RATE_INTERVAL}</small>`
    : html`${percent(percentOf(rate))}<br /><small>${boundsMarkup(interval, 1)} ${countText(rate)}</small>`;
}

/** "n = 100", on one line. */
function sizeText(n: number): string {
  return `n\u00a0=\u00a0${n}`;
}

/** "57 of 100", on one line. */
function countText({ count, of }: Rate): string {
  return `${count}\u00a0of\u00a0${of}`;
}

/** Not broken over lines. */
function boundsMarkup(interval: Interval, digits: number): Markup {
  return html`<span class="bounds">${bounds(interval, digits)}</span>`;
}

function bounds({ low, high }: Interval, digits: number): string {
  return `[${fixed(low, digits)}, ${fixed(high, digits)}]`;
}
