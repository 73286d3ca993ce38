/** How accurate the checkpoints of an imported run are: measured here, beside what their files claim. */
import { fisherExact, percentOf, shareOfPercent } from '../../statistics';
import type { RunManifest } from '../manifest';
import type { EpochMetrics } from '../metrics/metrics';
import { claimsAnything, NO_CLAIMS, type Claims } from './claims';

/** On the test images of the run's data set. */
export interface MeasuredAccuracy {
  readonly right: number;
  readonly count: number;
}

export interface CheckpointAccuracy {
  readonly epoch: number;
  /** Null where it was not measured here. */
  readonly measured: MeasuredAccuracy | null;
  readonly claimed: Claims;
  /** Whether the two accuracies differ by more than chance; null where one is missing, or is below a best so far. */
  readonly differs: boolean | null;
}

/** The images that a claim is taken to be of: CIFAR-10's test images, as files do not say it. */
const CLAIMED_IMAGES = 10_000;
/** A run has tens of checkpoints: at 5 % one in twenty sound ones would be warned of. */
const SIGNIFICANCE = 0.01;

/**
 * The claim is of one sample of images and what was measured of another: Fisher's exact test of the two shares, two-sided, at
 * 1 %, the claim being of 10,000 images. Where both are of the same images they vary less, and the test warns too seldom
 * rather than too often. @param claimed in per cent
 */
export function differsFromClaim({ right, count }: MeasuredAccuracy, claimed: number): boolean {
  return fisherExact({ count: right, of: count }, shareOfPercent(claimed, CLAIMED_IMAGES)) < SIGNIFICANCE;
}

/** @param claimed of the checkpoint's file */
function accuracyOf(epoch: number, measured: MeasuredAccuracy | null, claimed: Claims): CheckpointAccuracy {
  return { epoch, measured, claimed, differs: measured === null ? null : differenceOf(measured, claimed) };
}

/** A checkpoint that is below the best so far contradicts nothing. */
function differenceOf(measured: MeasuredAccuracy, { testAccuracy, isBestSoFar }: Claims): boolean | null {
  if (testAccuracy === null) return null;
  if (!differsFromClaim(measured, testAccuracy)) return false;
  return isBestSoFar === true && percentRight(measured) < testAccuracy ? null : true;
}

/** In per cent: an earlier checkpoint is seldom so much better. */
const FAR = 10;

/** Whether it does so much less than the best so far that something may be wrong. */
export function isFarBelowBest({ measured, claimed: { testAccuracy, isBestSoFar } }: CheckpointAccuracy): boolean {
  if (measured === null || testAccuracy === null || isBestSoFar !== true) return false;
  return percentRight(measured) < testAccuracy - FAR && differsFromClaim(measured, testAccuracy);
}

/** In per cent. */
export function percentRight({ right, count }: MeasuredAccuracy): number {
  return percentOf({ count: right, of: count });
}

type Imported = Pick<RunManifest, 'imported'>;

/** Whether its metrics hold what its files claim: versions that did not measure at import wrote that there. */
function hasClaimsInMetrics({ imported }: Imported): boolean {
  return imported !== undefined && imported.files.every(({ claimed }) => claimed === undefined);
}

/** Of a run's lines of metrics those that were measured here. */
export function measuredMetrics(run: Imported, metrics: readonly EpochMetrics[]): readonly EpochMetrics[] {
  return hasClaimsInMetrics(run) ? [] : metrics;
}

/**
 * An entry for each imported checkpoint, ascending; none of a run that was trained here.
 * @param metrics the run's lines as they are kept @param others what was measured since, by epoch
 */
export function importedAccuracies(
  run: Imported,
  metrics: readonly EpochMetrics[],
  others: ReadonlyMap<number, MeasuredAccuracy> = new Map(),
): CheckpointAccuracy[] {
  const measured = new Map(measuredMetrics(run, metrics).map((each) => [each.epoch, each]));
  const claims = hasClaimsInMetrics(run)
    ? new Map(metrics.map((each) => [each.epoch, each]))
    : new Map<number, never>();
  const files = [...(run.imported?.files ?? [])].sort((a, b) => a.epoch - b.epoch);
  return files.map(({ epoch, claimed }) => {
    const kept = keptAccuracy(measured.get(epoch));
    return accuracyOf(epoch, kept ?? others.get(epoch) ?? null, claimed ?? claimsOf(claims.get(epoch)));
  });
}

/** As older versions wrote them. */
function claimsOf(metrics: EpochMetrics | undefined): Claims {
  if (metrics === undefined) return NO_CLAIMS;
  const { testAccuracy, testLoss, trainLoss } = metrics;
  return { testAccuracy, testLoss, trainLoss };
}

function keptAccuracy(metrics: EpochMetrics | undefined): MeasuredAccuracy | undefined {
  const { testAccuracy = null, testImages: count } = metrics ?? {};
  if (testAccuracy === null || count === undefined) return undefined;
  return { right: shareOfPercent(testAccuracy, count).count, count };
}

/** Whether any of them claims something. */
export function hasClaims(accuracies: readonly CheckpointAccuracy[]): boolean {
  return accuracies.some(({ claimed }) => claimsAnything(claimed));
}
