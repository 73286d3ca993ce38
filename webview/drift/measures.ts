/** The measures of heatmaps over epochs, and their names. */
import * as l10n from '@vscode/l10n';
import { fixedText } from '../../src/common/numberText';
import { MOVEMENT_MEASURES, type MovementKey } from '../../src/measures/drift/movementMeasures';
import type { AttentionPoint, MeanMovement } from '../../src/measures/drift/numbers';
import type { Attention, AttentionImage } from '../../src/protocol/engine';
import { isEnoughCompared } from '../../src/statistics';
import type { Estimate } from '../../src/statistics/schemas';
import { noIntervalText, restsText } from '../common/basisText';
import { decimal } from '../common/text';

/** What heatmaps are compared with, which is a curve of each measure; the first one also has what is not compared. */
export const COMPARISONS = ['last', 'previous', 'lastOneClass', 'previousOneClass'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Those of a request: where the target is one class already, one class's curves add nothing. */
export function comparisonsOf({ target }: Pick<Attention, 'target'>): readonly Comparison[] {
  return target === 'predicted' ? COMPARISONS : COMPARISONS.slice(0, 2);
}

/** A curve: the mean over images by epoch, with its interval. */
export interface Curve {
  readonly comparison: Comparison;
  readonly valueOf: (point: AttentionPoint) => Estimate | null;
  /** The heatmaps that are compared, on which the mean rests. */
  readonly movementOf?: (point: AttentionPoint) => MeanMovement | null;
}

export interface Measure {
  readonly key: MovementKey | 'entropy' | 'inMask';
  /** The ends of the axis; null extends to the values. */
  readonly range: { readonly min: number | null; readonly max: number | null };
  readonly curves: readonly Curve[];
}

const MOVEMENTS: Readonly<Record<Comparison, (point: AttentionPoint) => MeanMovement | null>> = {
  last: ({ fromLast }) => fromLast,
  previous: ({ fromPrevious }) => fromPrevious,
  lastOneClass: ({ fixed }) => fixed.lastPrediction.fromLast,
  previousOneClass: ({ fixed }) => fixed.lastPrediction.fromPrevious,
};

function movementCurves(key: MovementKey): Curve[] {
  return COMPARISONS.map((comparison) => ({
    comparison,
    movementOf: MOVEMENTS[comparison],
    valueOf: (point) => MOVEMENTS[comparison](point)?.[key] ?? null,
  }));
}

export const MEASURES: readonly Measure[] = [
  ...MOVEMENT_MEASURES.map(({ key, axis }) => ({ key, range: axis, curves: movementCurves(key) })),
  {
    key: 'entropy',
    range: { min: 0, max: 1 },
    curves: [{ comparison: 'last', valueOf: ({ entropy }) => entropy }],
  },
  {
    key: 'inMask',
    range: { min: 0, max: 1 },
    curves: [{ comparison: 'last', valueOf: ({ inMask }) => inMask }],
  },
];

/** The measures that have values. */
export function measuresOf({ maskArea }: Pick<Attention, 'maskArea'>): readonly Measure[] {
  return maskArea === null ? MEASURES.filter(({ key }) => key !== 'inMask') : MEASURES;
}

/** The curves that apply to the request. */
export function curvesOf({ curves }: Measure, attention: Pick<Attention, 'target'>): readonly Curve[] {
  const comparisons = comparisonsOf(attention);
  return curves.filter(({ comparison }) => comparisons.includes(comparison));
}

/** The points of the curve; none where a mean rests on too few images. */
export function drawnValue({ valueOf, movementOf }: Curve, point: AttentionPoint): Estimate | null {
  const movement = movementOf?.(point);
  return movement && !isEnoughCompared(movement) ? null : valueOf(point);
}

export function measureTitle(key: Measure['key']): string {
  switch (key) {
    case 'spearman':
      return l10n.t('Rank correlation of heatmaps');
    case 'topOverlap':
      return l10n.t('Overlap of the hottest 20 %');
    case 'centreShift':
      return l10n.t('Shift of the centre (in map sides)');
    case 'entropy':
      return l10n.t('Entropy (0 one place … 1 even)');
    case 'inMask':
      return l10n.t('Share of heat inside the object');
  }
}

export function comparisonText(comparison: Comparison): string {
  switch (comparison) {
    case 'last':
      return l10n.t('with the last epoch, or the epoch’s own');
    case 'previous':
      return l10n.t('with the epoch before');
    case 'lastOneClass':
      return l10n.t('with the last epoch, of the one class predicted last');
    case 'previousOneClass':
      return l10n.t('with the epoch before, of that class');
  }
}

/** The mean of an image's values over its epochs; null where it has none. */
export function meanOver(
  { points }: AttentionImage,
  valueOf: (point: AttentionImage['points'][number]) => number | null | undefined,
): number | null {
  const values = points.map(valueOf).filter((value) => value !== null && value !== undefined);
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}

export function numberText(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : decimal(fixedText(value, 2));
}

/** "0.82 (0.75 to 0.88, n = 20)", or "0.82 (n = 3, no interval below 10 images)". */
export function estimateText(estimate: Estimate | null | undefined): string {
  if (estimate === null || estimate === undefined) return '–';
  const { mean, n, interval } = estimate;
  return interval === null
    ? `${numberText(mean)} (n = ${n}, ${noIntervalText(estimate)})`
    : l10n.t('{0} ({1} to {2}, n = {3})', numberText(mean), numberText(interval.low), numberText(interval.high), n);
}

/** "0.82 (0.75 to 0.88)", or "0.82 (n = 3)". */
export function shortEstimate(estimate: Estimate | null): string {
  if (estimate === null) return '–';
  const { mean, n, interval } = estimate;
  return interval === null
    ? l10n.t('{0} (n = {1})', numberText(mean), n)
    : l10n.t('{0} ({1} to {2})', numberText(mean), numberText(interval.low), numberText(interval.high));
}

/** A mean, and the images that it rests on where these are not all. */
export function valueText({ valueOf, movementOf }: Curve, point: AttentionPoint): string {
  const movement = movementOf?.(point);
  const rests = movement ? restsText(movement) : undefined;
  const text = estimateText(valueOf(point));
  return rests === undefined ? text : `${text}, ${rests}`;
}
