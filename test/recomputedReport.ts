/** Every mean, rate and interval of report.json, computed again from the images one by one that stand beside it. */
import type { MeanMoved, MeanMovement } from '../src/measures/drift/numbers';
import type { Estimate, Rate } from '../src/statistics/schemas';
import type { AttentionImages } from '../src/report/driftImages';
import type { AttentionContent, ReportContent, RobustnessResult } from '../src/report/content';
import {
  estimateClusteredRate,
  estimateKnown,
  estimateRate,
  whereEnoughChange,
  type QuantityName,
} from '../src/statistics';

type Column = readonly (number | null)[];

export interface Recomputed {
  /** How many means and rates were computed again. */
  readonly checked: number;
  /** How many there are: what has `n` and `intervalFrom`, or `count`, `of` and `interval`. */
  readonly present: number;
  /** Where the two differ, and what they are. */
  readonly differing: readonly string[];
}

/** Seven digits of each image give six of a mean. */
const TOLERANCE = 2e-6;

export function recomputedReport(json: string): Recomputed {
  const { runs } = JSON.parse(json) as Pick<ReportContent, 'runs'>;
  const differing: string[] = [];
  let checked = 0;
  const check = (place: string, told: Estimate | Rate | null, again: Estimate | Rate | null): void => {
    checked += Number(told !== null);
    if (!isSame(told, again)) differing.push(`${place}: ${JSON.stringify(told)} is ${JSON.stringify(again)}`);
  };
  for (const { robustness, attention } of runs) {
    const entries = robustness.there ? robustness.value.entries : [];
    for (const { title, results } of entries)
      for (const result of results) if (result !== null) checkMeasured(title, result.measured, check);
    if (attention.there) checkAttention(attention.value, check);
  }
  return { checked, present: countPresent(runs), differing };
}

type Check = (place: string, told: Estimate | Rate | null, again: Estimate | Rate | null) => void;

function checkMeasured(title: string, measured: RobustnessResult['measured'], check: Check): void {
  const { perImage, rounds, images, clean, accuracy, flipRate, confidenceDrop, heatmapSimilarity } = measured;
  const right = perImage.cleanCorrect.filter(Boolean).length;
  check(`${title} clean accuracy`, clean.accuracy, estimateRate(right, images));
  check(`${title} accuracy`, accuracy, estimateClusteredRate(perImage.correct, rounds));
  check(`${title} flips`, flipRate, estimateClusteredRate(perImage.flipped, rounds));
  const means: readonly (readonly [Estimate | null, Column, QuantityName])[] = [
    [clean.confidence, perImage.cleanConfidence, 'confidence'],
    [confidenceDrop.ofPrediction, perImage.drop, 'drop'],
    [confidenceDrop.ofLabel, perImage.dropOfLabel, 'drop'],
    [heatmapSimilarity.spearman, perImage.spearman, 'correlation'],
    [heatmapSimilarity.pearson, perImage.pearson, 'correlation'],
    [heatmapSimilarity.ssim, perImage.ssim, 'correlation'],
    [heatmapSimilarity.topOverlap, perImage.topOverlap, 'share'],
  ];
  for (const [at, [told, column, quantity]] of means.entries())
    check(`${title} mean ${at}`, told, estimateKnown(column, quantity));
}

function checkAttention({ numbers, perImage }: AttentionContent, check: Check): void {
  const last = perImage.at(-1)?.predicted ?? [];
  for (const [at, point] of numbers.epochs.entries()) {
    const images = perImage[at] as AttentionImages;
    const { predicted } = images;
    const previous = perImage[at - 1]?.predicted ?? [];
    const changed = {
      fromPrevious: predicted.map((each, image) => each !== previous[image]),
      fromLast: predicted.map((each, image) => each !== last[image]),
    };
    const place = `epoch ${point.epoch}`;
    checkMoved(place, point, images, check, changed);
    checkMoved(`${place} of the last prediction`, point.fixed.lastPrediction, images.fixed.lastPrediction, check);
    if (point.fixed.label !== null && images.fixed.label !== null)
      checkMoved(`${place} of the label`, point.fixed.label, images.fixed.label, check);
    check(`${place} entropy`, point.entropy, estimateKnown(images.entropy, 'share'));
    check(`${place} in the mask`, point.inMask, estimateKnown(images.inMask, 'share'));
  }
  if (numbers.randomisation !== null)
    checkMovement('randomisation', numbers.randomisation, perImage[0]?.fixed.lastPrediction.fromLast ?? null, check);
}

type Moved = Pick<AttentionImages, 'fromPrevious' | 'fromLast'>;

function checkMoved(
  place: string,
  told: MeanMoved,
  images: Moved,
  check: Check,
  changed?: { readonly fromPrevious: readonly boolean[]; readonly fromLast: readonly boolean[] },
): void {
  for (const from of ['fromPrevious', 'fromLast'] as const) {
    const movement = told[from];
    if (movement !== null) checkMovement(`${place} ${from}`, movement, images[from], check, changed?.[from]);
  }
}

function checkMovement(
  place: string,
  told: MeanMovement,
  columns: Moved['fromPrevious'],
  check: Check,
  changed?: readonly boolean[],
): void {
  for (const [key, quantity] of [
    ['spearman', 'correlation'],
    ['topOverlap', 'share'],
    ['centreShift', 'shift'],
  ] as const) {
    const column = columns?.[key] ?? [];
    const again = estimateKnown(column, quantity);
    const changes = column.filter((value, image) => value !== null && changed?.[image] === true).length;
    check(`${place} ${key}`, told[key], changed === undefined ? again : whereEnoughChange(again, changes));
  }
}

function isSame(told: Estimate | Rate | null, again: Estimate | Rate | null): boolean {
  const [a, b] = [told, again].map(numbersOf) as [readonly number[], readonly number[]];
  return (
    a.length === b.length &&
    a.every((value, at) => Math.abs(value - (b[at] as number)) <= TOLERANCE * Math.max(1, Math.abs(value)))
  );
}

/** Those that are compared. */
function numbersOf(estimate: Estimate | Rate | null): readonly number[] {
  if (estimate === null) return [];
  const { interval } = estimate;
  const within = interval === null ? [] : [interval.low, interval.high];
  return 'n' in estimate ? [estimate.mean, estimate.n, ...within] : [estimate.count, estimate.of, ...within];
}

/** Of those that stand for means and rates, not of the images they are computed from. */
function countPresent(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = 'interval' in value ? 1 : 0;
  return own + Object.values(value).reduce((sum: number, each) => sum + countPresent(each), 0);
}
