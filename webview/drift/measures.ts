/** The measures of heatmaps over epochs, and their names. */
import { fixedText } from '../../src/common/numberText';
import type { Attention, AttentionImage } from '../../src/protocol/engine';
import { MOVEMENT_MEASURES, type MovementKey } from '../../src/measures/drift/movement';
import type { AttentionPoint, MeanMovement } from '../../src/measures/drift/numbers';
import type { Estimate } from '../../src/statistics/schemas';
import { isEnoughCompared, noIntervalText } from '../../src/statistics';

/** A curve: the mean over images by epoch, with its interval. */
export interface Curve {
  readonly name: string;
  readonly valueOf: (point: AttentionPoint) => Estimate | null;
  /** The heatmaps that are compared, on which the mean rests. */
  readonly movementOf?: (point: AttentionPoint) => MeanMovement | null;
  /** For one class at all checkpoints. It adds nothing where the target is one class already. */
  readonly ofOneClass?: boolean;
}

export interface Measure {
  readonly key: MovementKey | 'entropy' | 'inMask';
  readonly title: string;
  /** The end of the axis; null extends to the values. */
  readonly range: { readonly min: number | null; readonly max: number | null };
  readonly curves: readonly Curve[];
}

function movementCurves({ key, preposition }: (typeof MOVEMENT_MEASURES)[number]): Curve[] {
  const curve = (name: string, movementOf: (point: AttentionPoint) => MeanMovement | null): Curve => ({
    name,
    movementOf,
    valueOf: (point) => movementOf(point)?.[key] ?? null,
  });
  const oneClass = [
    curve(`${preposition} the last epoch, one class`, ({ fixed }) => fixed.lastPrediction.fromLast),
    curve(`${preposition} the epoch before, one class`, ({ fixed }) => fixed.lastPrediction.fromPrevious),
  ];
  return [
    curve(`${preposition} the last epoch`, ({ fromLast }) => fromLast),
    curve(`${preposition} the epoch before`, ({ fromPrevious }) => fromPrevious),
    ...oneClass.map((each) => ({ ...each, ofOneClass: true })),
  ];
}

/** The measures that apply to the request. */
export function curvesOf({ curves }: Measure, { target }: Pick<Attention, 'target'>): readonly Curve[] {
  return curves.filter(({ ofOneClass = false }) => target === 'predicted' || !ofOneClass);
}

/** The points of the curve; none where a mean rests on too few images. */
export function drawnValue({ valueOf, movementOf }: Curve, point: AttentionPoint): Estimate | null {
  const movement = movementOf?.(point);
  return movement && !isEnoughCompared(movement) ? null : valueOf(point);
}

export const MEASURES: readonly Measure[] = [
  ...MOVEMENT_MEASURES.map((measure) => ({
    key: measure.key,
    title: measure.title,
    range: measure.axis,
    curves: movementCurves(measure),
  })),
  {
    key: 'entropy',
    title: 'Entropy (0 one place … 1 even)',
    range: { min: 0, max: 1 },
    curves: [{ name: 'entropy', valueOf: ({ entropy }) => entropy }],
  },
  {
    key: 'inMask',
    title: 'Share of heat inside the object',
    range: { min: 0, max: 1 },
    curves: [{ name: 'inside', valueOf: ({ inMask }) => inMask }],
  },
];

/** The mean of an image's values over its epochs; null where it has none. */
export function meanOver(
  { points }: AttentionImage,
  valueOf: (point: AttentionImage['points'][number]) => number | null | undefined,
): number | null {
  const values = points.map(valueOf).filter((value) => value !== null && value !== undefined);
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
}

export function numberText(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : fixedText(value, 2);
}

/** "0.82 (0.75 to 0.88, n = 20)", or "0.82 (n = 3, no interval below 10 images)". */
export function estimateText(estimate: Estimate | null | undefined): string {
  if (estimate === null || estimate === undefined) return '–';
  const { mean, n, interval } = estimate;
  return interval === null
    ? `${numberText(mean)} (n = ${n}, ${noIntervalText(estimate)})`
    : `${numberText(mean)} (${numberText(interval.low)} to ${numberText(interval.high)}, n = ${n})`;
}
