/**
 * Errors under corruptions and flips in sequences: Hendrycks and Dietterich 2019, "Benchmarking Neural Network Robustness to
 * Common Corruptions and Perturbations", and their programs. Of CIFAR there is no AlexNet to divide by, so the mean
 * corruption error is unnormalised, and what is relative is so to another run.
 */
import { estimateClusteredRate, estimateMean, estimateRate, meanOf, type Estimate } from '../../statistics';
import type { Benchmark, CorruptionErrors, SequenceFlips } from './measured';
import { comparesWithFirst, groupOf } from './names';

/** Of each image whether it is taken for another class than its label: 1 or 0. */
export type Wrong = Uint8Array;

export interface CorruptionOutcome {
  readonly name: string;
  /** By severity, all of the same images. */
  readonly wrong: readonly Wrong[];
  /** The other run's, where one is named. */
  readonly other?: readonly Wrong[] | undefined;
}

export interface SequenceOutcome {
  readonly name: string;
  readonly frames: number;
  /** The predicted class of each frame, [sequences · frames]. */
  readonly predictions: ArrayLike<number>;
}

export interface BenchmarkOutcomes {
  readonly corruptions: readonly CorruptionOutcome[];
  readonly sequences: readonly SequenceOutcome[];
  readonly testSets: readonly { readonly name: string; readonly wrong: Wrong }[];
}

export function measureBenchmark({ corruptions, sequences, testSets }: BenchmarkOutcomes): Benchmark {
  const standard = corruptions.filter(({ name }) => groupOf('corruption', name) === 'standard');
  const inMean = sequences.filter(({ name }) => groupOf('sequence', name) === 'standard');
  return {
    corruptions: corruptions.map(measureCorruption),
    sequences: sequences.map(measureSequence),
    testSets: testSets.map(({ name, wrong }) => ({ name, error: rateOf(wrong) })),
    meanCorruptionError: over(standard.map(errorsOfImages)),
    relativeError: over(standard.flatMap((each) => [relativeOfImages(each) ?? []].filter(({ length }) => length > 0))),
    meanFlips: over(inMean.map((each) => flipsOf(each).map((flips) => (100 * flips) / (each.frames - 1)))),
  };
}

function measureCorruption(outcome: CorruptionOutcome): CorruptionErrors {
  const relative = relativeOfImages(outcome);
  return {
    name: outcome.name,
    group: groupOf('corruption', outcome.name),
    errors: outcome.wrong.map(rateOf),
    mean: estimateMean(errorsOfImages(outcome)),
    relative: relative === undefined ? null : estimateMean(relative),
  };
}

function measureSequence(outcome: SequenceOutcome): SequenceFlips {
  const { name, frames } = outcome;
  const flips = estimateClusteredRate(flipsOf(outcome), frames - 1);
  return { name, group: groupOf('sequence', name), frames, withFirst: comparesWithFirst(name), flips };
}

function rateOf(wrong: Wrong) {
  return estimateRate(
    wrong.reduce((sum, each) => sum + each, 0),
    wrong.length,
  );
}

/** Each image's errors over severities, in per cent. */
function errorsOfImages({ wrong }: CorruptionOutcome): number[] {
  return sums(wrong).map((count) => (100 * count) / wrong.length);
}

function sums(wrong: readonly Wrong[]): number[] {
  return Array.from({ length: wrong[0]?.length ?? 0 }, (_, image) =>
    wrong.reduce((sum, each) => sum + (each[image] as number), 0),
  );
}

/**
 * Values of images whose mean is the ratio of the two runs' errors, and whose spread is that of the ratio: r + (a − r·b)/b̄,
 * its linearisation (Cochran 1977, 2.11 and 6.4; the "delta method"). Undefined where the other makes no error.
 */
function relativeOfImages({ wrong, other }: CorruptionOutcome): number[] | undefined {
  if (other === undefined) return undefined;
  const [mine, theirs] = [sums(wrong), sums(other)];
  const mean = meanOf(theirs);
  if (!(mean > 0)) return undefined;
  const ratio = meanOf(mine) / mean;
  return mine.map((errors, image) => ratio + (errors - ratio * (theirs[image] as number)) / mean);
}

/** Of each sequence, how many of its frames but the first have another prediction than the frame they are compared with. */
function flipsOf({ name, frames, predictions }: SequenceOutcome): number[] {
  const withFirst = comparesWithFirst(name);
  return Array.from({ length: predictions.length / frames }, (_, sequence) => {
    const start = sequence * frames;
    let flips = 0;
    for (let frame = 1; frame < frames; frame++)
      flips += Number(predictions[start + frame] !== predictions[start + (withFirst ? 0 : frame - 1)]);
    return flips;
  });
}

/** The mean over files of their means over images; with an interval where all are of as many images, which are the same. */
function over(files: readonly (readonly number[])[]): { estimate: Estimate; files: number } | null {
  const [first] = files;
  if (first === undefined) return null;
  if (files.every(({ length }) => length === first.length)) {
    const ofImages = first.map((_, image) => meanOf(files.map((values) => values[image] as number)));
    return { estimate: estimateMean(ofImages), files: files.length };
  }
  const n = Math.min(...files.map(({ length }) => length));
  const mean = meanOf(files.map((values) => meanOf(values)));
  return { estimate: { ...estimateMean(first), mean, n, interval: null }, files: files.length };
}
