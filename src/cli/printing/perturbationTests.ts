/** What is said of perturbation tests. */
import type { NetworkName } from '../../architectures';
import { WorkError } from '../../common/errors';
import { isSimilarityKnown } from '../../measures/drift';
import type { Miss } from '../../measures/robustness/expectations';
import type { Measured } from '../../measures/robustness/measured';
import { ROBUSTNESS_MEASURES, type RobustnessMeasure } from '../../measures/robustness/measures';
import { perturbationText, type Perturbation } from '../../perturbations';
import { percentOf } from '../../statistics';
import { accuracyDocument, dashLines, meanCells, rateCells, TOO_FEW, TOO_FEW_LINE } from './estimates';
import { NOTHING, table, withoutEmptyColumns, type Output } from './output';

/** A perturbation at a checkpoint, with what it misses. */
export interface PerturbationTest {
  readonly architecture: NetworkName;
  /** Its place in the study file, from 1. */
  readonly number: number;
  readonly perturbation: Perturbation;
  readonly epoch: number;
  /** In a column of epochs, and in a sentence. */
  readonly checkpoint: { readonly cell: string; readonly name: string };
  readonly measured: Measured;
  /** Whether it was computed before. */
  readonly kept: boolean;
  readonly misses: readonly Miss[];
}

/** In JSON. Accuracies and flip rates are in per cent, with their counts and intervals beside them. */
export function documentOf({ number, perturbation, epoch, kept, measured, misses: missed }: PerturbationTest): unknown {
  const { images, rounds, clean, accuracy, flipRate, confidenceDrop, heatmapSimilarity, perRound, perImage } = measured;
  return {
    number,
    perturbation,
    epoch,
    kept,
    images,
    rounds,
    clean: {
      ...accuracyDocument(clean.accuracy),
      confidence: clean.confidence.mean,
      confidenceEstimate: clean.confidence,
    },
    ...accuracyDocument(accuracy),
    flipRate: percentOf(flipRate),
    flipped: flipRate.count,
    flipRateInterval: flipRate.interval,
    confidenceDrop,
    heatmapSimilarity,
    perRound: perRound.map(({ correct, flipped, ...means }) => ({
      accuracy: percentOf({ count: correct, of: images }),
      correct,
      flipRate: percentOf({ count: flipped, of: images }),
      flipped,
      ...means,
    })),
    perImage,
    passed: passed(perturbation, missed),
    misses: missed,
  };
}

/** Null where nothing is expected. */
function passed({ expect }: Perturbation, missed: readonly Miss[]): boolean | null {
  return expect === undefined || Object.keys(expect).length === 0 ? null : missed.length === 0;
}

/** A line of a terminal has no room for more. */
const MEASURES = ROBUSTNESS_MEASURES.filter(({ shown }) => shown === 'everywhere');
const HEADER = [
  'perturbation',
  'epoch',
  'images',
  ...MEASURES.flatMap(({ head }) => [head.toLowerCase(), '95 %']),
  'of pairs',
  'result',
];

export function printTable(output: Output, tests: readonly PerturbationTest[]): void {
  const rows = [...tests]
    .sort((a, b) => a.number - b.number || a.epoch - b.epoch)
    .map(({ number, perturbation, checkpoint, measured, misses: missed }) => {
      const result = passed(perturbation, missed);
      return [
        `${number} ${perturbationText(perturbation)}`,
        checkpoint.cell,
        String(measured.images),
        ...MEASURES.flatMap((measure) =>
          measure.kind === 'rate' ? rateCells(measure.of(measured)) : meanCells(measure.of(measured), measure.digits),
        ),
        comparedCell(measured),
        result === null ? NOTHING : result ? 'passed' : 'FAILED',
      ];
    });
  for (const line of table(withoutEmptyColumns([HEADER, ...rows]))) output.line(line);
  const of = <T>(value: (measure: RobustnessMeasure, measured: Measured) => T[]): T[] =>
    tests.flatMap(({ measured }) => MEASURES.flatMap((measure) => value(measure, measured)));
  const means = of((measure, measured) => (measure.kind === 'mean' ? [measure.of(measured)] : []));
  const rates = of((measure, measured) => (measure.kind === 'rate' ? [measure.of(measured)] : []));
  for (const line of dashLines(means, rates)) output.line(line);
  if (tests.some(({ measured }) => !isSimilarityKnown(measured))) output.line(TOO_FEW_LINE);
}

/** Of how many pairs of heatmaps the similarity is, marked where too few of them can be compared. */
function comparedCell(measured: Measured): string {
  const { images, rounds, heatmapSimilarity } = measured;
  return `${heatmapSimilarity.compared} of ${images * rounds}${isSimilarityKnown(measured) ? '' : TOO_FEW}`;
}

/** @throws WorkError where a test misses what is expected of it, with the numbers */
export function judge(tests: readonly PerturbationTest[]): void {
  const failed = tests.filter(({ misses: missed }) => missed.length > 0);
  if (failed.length === 0) return;
  const expecting = tests.filter(({ perturbation, misses: missed }) => passed(perturbation, missed) !== null).length;
  const several = new Set(tests.map(({ architecture }) => architecture)).size > 1;
  const lines = failed.map(({ architecture, number, perturbation, checkpoint, misses: missed }) => {
    const numbers = missed.map(({ text }) => text).join('; ');
    return `  ${several ? `${architecture}: ` : ''}${number} ${perturbationText(perturbation)} at ${checkpoint.name}: ${numbers}`;
  });
  throw new WorkError(`${failed.length} of ${expecting} tests failed`, { lines });
}
