/** What a benchmark says of a checkpoint, in sentences. */
import type { Estimate } from '../../statistics';
import type { Benchmark } from './measured';
import { STANDARD_CORRUPTIONS, STANDARD_SEQUENCES } from './names';

export const BENCHMARK_NOTE =
  'The mean corruption error is unnormalised: of CIFAR there is no AlexNet baseline, so it is no mCE. Intervals are 95 %, over images, which are the same under every corruption.';

const number = (value: number, digits: number): string => value.toFixed(digits);

function withInterval({ mean, interval }: Estimate, digits: number, unit: string): string {
  const text = `${number(mean, digits)}${unit}`;
  return interval === null ? text : `${text} (${number(interval.low, digits)} to ${number(interval.high, digits)})`;
}

const overText = (files: number, all: number, things: string): string =>
  files === all ? `over the ${all} standard ${things}` : `over ${files} of the ${all} standard ${things}`;

/** @param name of the checkpoint, "epoch 20" @param other what the other run is called, where one is named */
export function benchmarkSentences(name: string, benchmark: Benchmark, other: string | undefined): string[] {
  const { meanCorruptionError, relativeError, meanFlips, testSets, corruptions } = benchmark;
  const worst = [...corruptions].sort((a, b) => b.mean.mean - a.mean.mean)[0];
  const { length: standard } = STANDARD_CORRUPTIONS;
  return [
    meanCorruptionError &&
      `At ${name} the unnormalised mean corruption error is ${withInterval(meanCorruptionError.estimate, 1, ' %')} ${overText(meanCorruptionError.files, standard, 'corruptions')}.`,
    worst && `It errs most under ${worst.name}: ${number(worst.mean.mean, 1)} % over its severities.`,
    relativeError &&
      other !== undefined &&
      `Relative to ${other} the error is ${withInterval(relativeError.estimate, 3, '')} ${overText(relativeError.files, standard, 'corruptions')}: 1 is as many errors.`,
    meanFlips &&
      `At ${name} the mean flip probability is ${withInterval(meanFlips.estimate, 2, ' %')} ${overText(meanFlips.files, STANDARD_SEQUENCES.length, 'sequences')}.`,
    ...testSets.map(
      ({ name: set, error }) =>
        `At ${name} the error on ${set} is ${number((100 * error.count) / error.of, 1)} % of ${error.of} images.`,
    ),
  ].filter((sentence): sentence is string => typeof sentence === 'string');
}

/** What of the published files is not there; empty where all is. */
export function missingText(missing: readonly string[]): string | undefined {
  if (missing.length === 0) return undefined;
  return `Not in the folder, and so in no mean: ${missing.join(', ')}.`;
}
