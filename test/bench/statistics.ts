import type { CaseResult, Measurement } from './measure';
import type { Work } from './protocol';

/** NaN of no values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}

export function find({ measurements }: CaseResult, side: string, work: Work): Measurement | undefined {
  return measurements.find((candidate) => candidate.side === side && candidate.work === work);
}

/** Seconds an image; NaN where it was not measured. */
export function medianSeconds(measurement: Measurement | undefined): number {
  return median(measurement?.secondsPerImage ?? []);
}

/**
 * How many times as long `a` takes as `b`: the median over rounds of the ratio within a round, because a machine's
 * mood changes from round to round. NaN where either was not measured.
 */
export function timeRatio(a: Measurement | undefined, b: Measurement | undefined): number {
  const others = b?.secondsPerImage ?? [];
  const rounds = (a?.secondsPerImage ?? []).slice(0, others.length);
  return median(rounds.map((seconds, round) => seconds / (others[round] as number)));
}
